"""Known data sets and people's own sheets, each read with no option given."""

from pathlib import Path

import pytest

import visitmap as vm
from visitmap.tables import read_table

# Name, the table, then of each visit: traveller, country, origin, destination, start, end.
COLT = """\
TripID,LeaderFullName,LeaderRole,LeaderCountryISO,CountryVisited,CountryVisitedISO,CityVisited,\
TripStartDate,TripEndDate,TripDuration,HostHOGSName,Confidence,SourceLink1
1001,Emmanuel Macron,President,FRA,Germany,DEU,Berlin,2017-05-15,2017-05-15,1,Angela Merkel,5,\
https://example.org/a
1002,Emmanuel Macron,President,FRA,Mali,MLI,Gao,2017-05-19,TBD,TBD,Ibrahim Boubacar Keïta,4,\
https://example.org/b
"""
TABLES = {
    "colt.csv": (
        COLT,
        [
            ("Emmanuel Macron", "FR", "", "Berlin", "2017-05-15", "2017-05-15"),
            ("Emmanuel Macron", "FR", "", "Gao", "2017-05-19", ""),
        ],
    ),
    "us-travels.csv": (
        "traveller,start,end,country,locale,remarks\n"
        "George W. Bush,2005-05-06,2005-05-10,Latvia,Riga,Met with the Baltic presidents\n"
        'George W. Bush,2003-11-18,2003-11-21,United Kingdom,"London, Sedgefield",State visit\n'
        "Nobody Known,1901-01-01,1901-01-02,France,,\n",
        [
            ("George W. Bush", "US", "", "Riga", "2005-05-06", "2005-05-10"),
            ("George W. Bush", "US", "", "London", "2003-11-18", "2003-11-18/2003-11-21"),
            ("George W. Bush", "US", "", "Sedgefield", "2003-11-18/2003-11-21", "2003-11-21"),
            ("Nobody Known", "US", "", "France", "1901-01-01", "1901-01-02"),
        ],
    ),
    "us-visits.csv": (
        "Visitor,From,Start Date,End Date,Description\n"
        "President Macron,France,2018-04-23,2018-04-25,State visit\n",
        [("President Macron", "FR", "", "United States", "2018-04-23", "2018-04-25")],
    ),
    "french.csv": (
        "fonction;individu;lieu;pays;code_pays;date_de_debut;date_de_fin\n"
        "Président de la République;François Hollande;Berlin;Allemagne;DE;2012-05-15;2012-05-15\n"
        "Premier ministre;Manuel Valls;Alger;Algérie;DZ;2016-04-09;2006-04-10\n",
        [
            ("François Hollande", "FR", "", "Berlin", "2012-05-15", "2012-05-15"),
            ("Manuel Valls", "FR", "", "Alger", "2016-04-09", "2016-04-10"),
        ],
    ),
    "newsroom.csv": (
        "Début;Fin;Nom;Commune;Objet\n"
        "17 mai 2017;18 mai 2017;Édouard Philippe;Marseille;Visite d'un hôpital\n"
        "3 juin 2017;;Gérard Collomb;Calais;Rencontre avec les élus\n",
        [
            ("Édouard Philippe", "", "", "Marseille", "2017-05-17", "2017-05-18"),
            ("Gérard Collomb", "", "", "Calais", "2017-06-03", ""),
        ],
    ),
    "disclosures.csv": (
        "Minister,Date of departure,Duration of visit,Destination,Purpose\n"
        'Boris Johnson,12/02/2017,3 days,"Banjul, The Gambia",Bilateral meeting\n'
        "Boris Johnson,25/03/2017,1 day,Rome,EU anniversary\n",
        [
            ("Boris Johnson", "", "", "Banjul, The Gambia", "2017-02-12", ""),
            ("Boris Johnson", "", "", "Rome", "2017-03-25", ""),
        ],
    ),
    "flows.csv": (
        "origin,dest,count,time\nParis,London,12,2019-01\nLondon,Rome,3,2019-02\n",
        [
            ("", "", "Paris", "London", "2019-01", ""),
            ("", "", "London", "Rome", "2019-02", ""),
        ],
    ),
    "kepler.csv": (
        "origin_name,origin_lat,origin_lng,dest_name,dest_lat,dest_lng,date\n"
        "Paris,48.85,2.35,Vienna,48.21,16.37,2019-03-04\n",
        [("", "", "Paris", "Vienna", "2019-03-04", "")],
    ),
    "timeline.csv": (
        "Year,Month,Day,End Year,End Month,End Day,Headline,Text,Media,Group\n"
        "2017,3,7,2017,3,9,Macron à Moscou,Une visite,,\n"
        "1972,2,21,1972,2,28,Nixon visits China,A week,https://example.org,\n",
        [
            ("Macron", "", "", "Moscou", "2017-03-07", "2017-03-09"),
            ("Nixon", "", "", "China", "1972-02-21", "1972-02-28"),
        ],
    ),
    "places.tsv": (
        "id\ttitle\ttitle_source\tstart\tend\tccodes\tlon\tlat\n"
        "1\tBaku\tGazette\t1918\t1920\tAZ\t49.9\t40.4\n",
        [("", "", "", "Baku", "1918", "1920")],
    ),
}


def told(visit: vm.Visit) -> tuple[str, ...]:
    """A visit as the tables above write it."""
    who = visit.travellers[0] if visit.travellers else None
    return (
        who.name if who else "",
        who.country if who else "",
        visit.origin.name if visit.origin else "",
        visit.destination.name,
        visit.timespan.start,
        visit.timespan.end,
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_known_table_is_understood(tmp_path: Path, name: str) -> None:
    """Who, from where, to where, from when to when; every place with its point."""
    text, wanted = TABLES[name]
    (tmp_path / name).write_text(text, "utf-8")
    visits, issues = vm.read(tmp_path / name)
    assert sorted(map(told, visits)) == sorted(wanted)
    assert all(visit.destination.is_resolved for visit in visits)
    assert not [issue for issue in issues if issue.severity == "error"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_any_usual_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """The same names, whatever program saved the file."""
    path = tmp_path / "colt.csv"
    path.write_bytes(COLT.encode(encoding))
    visits, _ = vm.read(path)
    assert visits[1].hosts == ("Ibrahim Boubacar Keïta",)


def test_several_places_of_a_row_are_one_journey() -> None:
    """London, then Sedgefield: one trip in order."""
    result = read_table(TABLES["us-travels.csv"][0].encode(), name="us-travels.csv")
    legs = [visit for visit in result.visits if visit.timespan.start.startswith("2003-11-18")]
    assert len({visit.trip_id for visit in legs}) == 1
    assert [visit.destination.name for visit in legs] == ["London", "Sedgefield"]


def test_a_wrong_year_is_repaired_only_as_an_issue() -> None:
    """2006 for 2016: said, with both dates and the row."""
    result = read_table(TABLES["french.csv"][0].encode(), name="french.csv")
    (issue,) = [one for one in result.issues if one.code == "date-repaired"]
    assert issue.where == "french.csv:2"
    assert "2006-04-10" in issue.message
    assert "2016-04-10" in issue.message


def test_a_date_that_may_be_two_days_is_both(tmp_path: Path) -> None:
    """Nothing in the column shows the order: an interval and an Issue; `date_order` settles it."""
    table = b"name,date,city\nAnna Lind,03/04/2018,Oslo\nAnna Lind,05/06/2018,Riga\n"
    result = read_table(table, name="a.csv")
    assert result.visits[0].timespan.start == "2018-03-04/2018-04-03"
    assert [issue.code for issue in result.issues].count("date-ambiguous") == 2
    settled = read_table(table, name="a.csv", date_order="dmy")
    assert settled.visits[0].timespan.start == "2018-04-03"
    assert not [one for one in settled.issues if one.code == "date-ambiguous"]


def test_one_day_over_twelve_settles_the_whole_column() -> None:
    """25/04 can only be day first, and so 03/04 is the third of April."""
    result = read_table(
        b"name,date,city\nAnna Lind,03/04/2018,Oslo\nAnna Lind,25/04/2018,Riga\n", name="a.csv"
    )
    assert [visit.timespan.start for visit in result.visits] == ["2018-04-03", "2018-04-25"]
    assert any("day first" in note for note in result.notes)


def test_unknown_columns_are_kept() -> None:
    """A count of travellers and a source's own id are written back untouched."""
    result = read_table(TABLES["flows.csv"][0].encode(), name="flows.csv")
    assert result.visits[0].extra == (("count", "12"),)


def test_decimal_commas_and_a_title_above_the_header() -> None:
    """As spreadsheets of many countries write points."""
    table = "Visites 2019;;;;\nnom;date;lieu;lat;lon\nAnna;2019-03-01;Ici;48,85;2,35\n"
    (visit,) = read_table(table.encode(), name="a.csv").visits
    assert (visit.destination.latitude, visit.destination.longitude) == (48.85, 2.35)
