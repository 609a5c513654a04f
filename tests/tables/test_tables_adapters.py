"""Known data sets and people's own sheets, each read with no option given."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import visitmap as vm
from visitmap.pipeline import table_geocoder
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


def read(table: str, name: str = "t.csv", encoding: str = "utf-8") -> list[tuple[str, ...]]:
    """What the visits of a table tell, with no option given."""
    gazetteer = vm.Gazetteer.load()
    result = read_table(
        table.encode(encoding),
        name=name,
        geocode=table_geocoder(gazetteer),
        country_codes=gazetteer.country_codes,
    )
    assert not [issue for issue in result.issues if issue.severity == "error"]
    return list(map(told, result.visits))


def test_a_museum_s_sheet() -> None:
    """Windows' encoding, a title, museums with their towns, French stays, a total at the end."""
    table = (
        "Musée des Beaux-Arts – Déplacements 2018–2019;;;;;\n;;;;;\n"
        "Œuvre;Convoyeur;Lieu d'exposition;Pays;Dates (aller – retour);Observations\n"
        "« La Source »;Mme Hélène Vasseur;Musée d’Orsay, Paris;France;du 12 au 15 février 2018;\n"
        "idem;M. Jean-Luc Perrin;Albertina, Vienne;Autriche;28 mai - 2 juin 2018;caisse\n"
        "Bustes;M. Jean-Luc Perrin;Palazzo Strozzi, Florence;Italie;fin avril 2019;\n"
        "Tapisserie;Mme Hélène Vasseur;Bruxelles;Belgique;à déterminer;annulé\n"
        "Total : 4 prêts;;;;;\n"
    )
    assert read(table, encoding="cp1252") == [
        ("Mme Hélène Vasseur", "", "", "Musée d’Orsay, Paris", "2018-02-12", "2018-02-15"),
        ("M. Jean-Luc Perrin", "", "", "Albertina, Vienne", "2018-05-28", "2018-06-02"),
        ("M. Jean-Luc Perrin", "", "", "Palazzo Strozzi, Florence", "2019-04", ""),
        ("Mme Hélène Vasseur", "", "", "Bruxelles", "", ""),
    ]


def test_a_list_of_trips_with_footnotes() -> None:
    """Marks of footnotes are no part of a date or a place; what is in brackets is its status."""
    table = (
        "#,Country,Areas visited,Date(s),Details\n"
        '1,Mexico,"Mexico City, Guadalajara",3–5 March 2017[6],State visit.[7][8]\n'
        '2,South Korea,"Seoul, Panmunjom[a]",30 October – 2 November 2017,Summit\n'
        '3,Japan,Osaka,"June 27–29, 2019 (planned)",G20\n'
        "4,United Kingdom,London†,TBA 2019,Postponed\n"
    )
    assert [told[3:] for told in read(table)] == [
        ("Mexico City", "2017-03-03", "2017-03-03/2017-03-05"),
        ("Guadalajara", "2017-03-03/2017-03-05", "2017-03-05"),
        ("Seoul", "2017-10-30", "2017-10-30/2017-11-02"),
        ("Panmunjom", "2017-10-30/2017-11-02", "2017-11-02"),
        ("Osaka", "2019-06-27", "2019-06-29"),
        ("London", "2019", ""),
    ]
    visits = read_table(table.encode(), name="t.csv").visits
    assert [visit.status for visit in visits[-2:]] == ["planned", "cancelled"]


def test_headings_over_several_columns_and_names_written_once() -> None:
    """Names in the second row, `Source` only in the first; a name holds for the rows below it."""
    table = (
        "Ministre,,Déplacement,,,,Source\n"
        "Nom,Portefeuille,Pays,Ville(s),Début,Fin,\n"
        "Jean-Marc Ayrault,Affaires étrangères,Iran,Téhéran,30/01/2017,31/01/2017,"
        "https://example.org/1\n"
        ",,Arabie saoudite,Riyad,23/01/2017,24/01/2017,https://example.org/2\n"
        "Michel Sapin,Finances,Chine,Pékin,14/11/2016,17/11/2016,https://example.org/3\n"
        "idem,,Burkina Faso,Ouagadougou,08/12/2016,,https://example.org/4\n"
    )
    found = read(table)
    assert [told[0] for told in found] == ["Jean-Marc Ayrault"] * 2 + ["Michel Sapin"] * 2
    assert [told[3] for told in found] == ["Téhéran", "Riyad", "Pékin", "Ouagadougou"]
    assert all(not told[2] for told in found), "an address on the web is no origin"
    result = read_table(table.encode(), name="t.csv")
    assert result.mapping["url"] == "Source"
    assert "In 'Nom' rows" in " ".join(result.notes)


def test_an_empty_name_is_unknown_where_names_are_repeated() -> None:
    """Who writes a name in two rows running does not mean it by an empty cell."""
    table = (
        "name,date,city\nAnna Lind,2018-01-02,Oslo\nAnna Lind,2018-01-03,Riga\n,2018-01-04,Rome\n"
    )
    assert [told[0] for told in read(table)] == ["Anna Lind", "Anna Lind", ""]


def test_cells_merged_in_a_workbook(tmp_path: Path) -> None:
    """Downwards they hold for all their rows, and so do names of columns."""
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["C1"], page["F1"] = "Ministre", "Déplacement", "Motif"
    for cell, name in zip("ABCDE", ("Nom", "Rôle", "Pays", "Ville", "Date"), strict=True):
        page[f"{cell}2"] = name
    page.append(
        ["Ségolène Royal", "ministre", "Maroc", "Marrakech", datetime(2016, 11, 7), "COP22"]
    )
    page.append([None, None, "Ghana", "Accra", datetime(2016, 10, 28), "visite"])
    page.append(["Michel Sapin", "ministre", "Chine", "Pékin", datetime(2016, 11, 14), "dialogue"])
    for area in ("A1:B1", "C1:E1", "F1:F2", "A3:A4", "B3:B4"):
        page.merge_cells(area)
    book.save(tmp_path / "m.xlsx")
    visits, issues = vm.read(tmp_path / "m.xlsx")
    assert [told(one)[:1] + told(one)[3:5] for one in visits] == [
        ("Ségolène Royal", "Marrakech", "2016-11-07"),
        ("Ségolène Royal", "Accra", "2016-10-28"),
        ("Michel Sapin", "Pékin", "2016-11-14"),
    ]
    assert visits[1].purpose == "visite"
    assert not issues


def test_two_names_alike_below_two_headings() -> None:
    """`Ville` below `Départ` is not `Ville` below `Arrivée`."""
    table = (
        "Voyageur,Départ,,Arrivée,\n,Ville,Date,Ville,Date\n"
        "Anna Lind,Oslo,02/01/2018,Riga,03/01/2018\nBo Ek,Paris,22/01/2018,Rome,23/01/2018\n"
    )
    assert [told[2:] for told in read(table)] == [
        ("Oslo", "Riga", "2018-01-02", "2018-01-03"),
        ("Paris", "Rome", "2018-01-22", "2018-01-23"),
    ]


def test_towns_of_a_country_in_one_cell() -> None:
    """The country at the end holds for all; a town with its country is one place."""
    table = (
        "Travel dates\tDestination\tPurpose\n"
        "Sept. 3-5, 2018\tBeijing, China\tForum\n"
        "Oct. 1-4, 2018\tNew Delhi and Amritsar, India\tOfficial visit\n"
        "Feb. 15–17, 2019\tMunich, Germany; Geneva, Switzerland\tConference\n"
    )
    assert [told[3] for told in read(table, "t.tsv")] == [
        "Beijing, China",
        "New Delhi, India",
        "Amritsar, India",
        "Munich, Germany",
        "Geneva, Switzerland",
    ]


def test_an_agenda_and_a_university_s_sheet() -> None:
    """Weekdays, day numbers of a spreadsheet, a province in brackets, codes of three letters."""
    agenda = (
        "Date;Heure;Événement;Lieu;Participants\n"
        "Lundi 3 juin 2019;9h30;Visite d'une exploitation;Villefranche-sur-Saône;M. le préfet\n"
        "Mercredi 5 juin 2019;;Déplacement;Vénissieux (Rhône);M. Castaner\n"
    )
    assert [told[3:5] for told in read(agenda, encoding="latin-1")] == [
        ("Villefranche-sur-Saône", "2019-06-03"),
        ("Vénissieux (Rhône)", "2019-06-05"),
    ]
    sheet = (
        "Date de départ,Date de retour,Destination,Pays,Participants\n"
        "2019-03-04,2019-03-08,Montréal (Québec),CAN,Pr. Claire Dubois; Dr Marc Petit\n"
        "43749,43753,Hanoï,VNM,Pr. Claire Dubois\n"
    )
    assert [told[3:] for told in read(sheet)] == [
        ("Montréal (Québec)", "2019-03-04", "2019-03-08"),
        ("Hanoï", "2019-10-11", "2019-10-15"),
    ]
