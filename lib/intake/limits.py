"""How large a file may be that comes in. What is larger is refused before it is read.

Together they keep any file, however it is made, within 5 seconds and 500 MB of memory; tests/intake/test_hostile.py
tries. The largest honest files are far below: a report of a hundred pages is some 30 MB with its pictures and
500,000 marks, ten years of residents of all 동 in one workbook some 60,000 cells.
"""

MEGABYTE = 1024 * 1024

# Files as they are handed in.
FILES = 300
FILE_BYTES = 50 * MEGABYTE
ALL_FILES_BYTES = 200 * MEGABYTE

# What a ZIP (.hwpx, .xlsx) unpacks to, counted while it is inflated.
PARTS = 2_000
UNPACKED_BYTES = 100 * MEGABYTE
PART_NAME_LENGTH = 255
# Every "<" of all its XML: half as many elements, which a reader may hold as objects of some 200 bytes.
MARKS = 1_200_000
# Every "=" of a part, attributes among them, and the longest stretch from one "<" to the next.
ATTRIBUTES = 2_000_000
MARK_LENGTH = 500_000
# Elements within elements.
XML_DEPTH = 200

# Workbooks. The area counts the empty cells before the last of a row, which a reader fills in.
BOOK_SHEETS = 800
BOOK_ROWS = 60_000
BOOK_CELLS = 300_000
BOOK_AREA = 1_000_000
SHEET_LAST_ROW = 1_048_576

# CSV and text. The ministry's file of single years has 303 columns a month; a year of it for Seoul is 1,650,000 cells.
TEXT_ROWS = 200_000
TEXT_CELLS = 2_000_000
LINE_LENGTH = 200_000
CELL_LENGTH = 5_000

# Lines, letters and tables of a report; a page holds some 50 lines and 1,500 letters. BUDGET_LINES is of one table.
REPORT_LINES = 20_000
REPORT_LETTERS = 1_000_000
BUDGET_LINES = 300
TABLES = 2_000
TABLE_CELLS = 50_000

# Months of residents in one draft, rows of Seoul in a file of the ministry (452 today), and problems listed of a file.
MONTHS = 240
PLACES = 5_000
PROBLEMS = 200
