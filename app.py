"""The dashboard's entry point: `streamlit run app.py`, or `visitmap serve`."""

from visitmap.ui.main import main

main()
