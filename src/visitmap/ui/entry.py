"""app.py for the installed package: Streamlit runs a file, not a module."""

from visitmap.ui.main import main

main()
