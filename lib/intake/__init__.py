"""The way in for the next report and the next month of residents: read, check, compare, publish, roll back."""
