"""The weights of `ranking`, written by bench/gazetteer/fit.py; not made by hand."""

WEIGHTS = {
    "country": 7.483,
    "region": -0.171,
    "district": -2.447,
    "city": -0.800,
    "site": 5.140,
    "airport": 0.375,
    "population": 0.825,
    "capital": 1.500,
    "primary": 0.244,
    "sideline": -1.411,
    "eponymous": -1.500,
    "capital of named country": 2.224,
    "unlikeness": -10.363,
    "beside country": 4.151,
    "beside region": 4.495,
    "directly beside": 0.802,
    "asked": 8.000,
    "text country": 0.413,
    "text region": 0.552,
    "traveller": 0.300,
    "close": 2.935,
    "wide": 0.542,
    "local": 1.846,
    "district support": 2.122,
    "region support": 1.558,
    "country support": 1.988,
    "own tongue": 2.000,
    "other tongue": -6.000,
    "other kind": -2.000,
    "code": 6.000,
    "as qualifier": 1.455,
    "demonym": -0.163,
}
NONE_OF_THESE = 3.420
# Slope and shift of the logistic curve over the log-odds of a probability.
CALIBRATION = (0.735, 0.485)
