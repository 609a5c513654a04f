"""The usual pattern: a slider, the rows of that date, a new folium map, st_folium.

Environment: BENCH_TABLE, a CSV of `bench/webmap/workload.py`; BENCH_MODE, `window` (90 days) or
`cumulative`. Written as its users write it; the page says how many it shows, and of which day.
"""

import datetime as dt
import os

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium


@st.cache_data
def load() -> pd.DataFrame:
    """The trips, read once."""
    table = pd.read_csv(os.environ["BENCH_TABLE"], keep_default_na=False)
    table["start"] = pd.to_datetime(table["start"]).dt.date
    return table


st.set_page_config(layout="wide")
trips = load()
step = dt.timedelta(days=30)
day = st.slider("Date", dt.date(2000, 1, 1), dt.date(2025, 12, 31), dt.date(2012, 1, 1), step=step)
shown = trips[trips.start <= day]
if os.environ.get("BENCH_MODE") != "cumulative":
    shown = shown[shown.start > day - dt.timedelta(days=90)]
drawing = folium.Map(location=[25, 10], zoom_start=2)
for row in shown.itertuples():
    folium.PolyLine(
        [[row.olat, row.olon], [row.dlat, row.dlon]],
        weight=2,
        popup=f"{row.traveller}: {row.title}",
    ).add_to(drawing)
    folium.Marker(
        [row.dlat, row.dlon], popup=f"{row.traveller}: {row.dest} {row.start}", tooltip=row.dest
    ).add_to(drawing)
st_folium(drawing, height=600, use_container_width=True, returned_objects=[])
st.write("shown", len(shown), str(day))
