"""What every page is made with: its script and style from ``viz/src``, its colours, and how all that is embedded."""
