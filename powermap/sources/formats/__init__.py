"""Files of other programs, recognised by their content: each becomes tables with powermap's own headers.

:mod:`.recognize` reads what is no spreadsheet, :mod:`.exports` rewrites the exports of CRMs and address books by the
names of their columns, and :mod:`.folder` puts together what stands in several files of one import.
"""
