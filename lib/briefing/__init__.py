"""A briefing as data, and one writer per format. Works without Streamlit's screen: `python -m lib.briefing`."""
