"""The map as marks: a display list, its legend, its SVG twin, its network."""
