"""How newsrooms word visits: headlines, datelines, tours told in passing, offices for names.

People and journeys are invented, the sentences written for these tests; the faults they guard
against were seen on news reports.
"""

import pytest
from reports import told

REPORTS = {
    "an adjective is no office": (
        "en",
        "2015-03-02",
        "Ivo Tadić is to make an official visit to Prague on Friday.",
        [("Ivo Tadić", "Prague", "2015-03-06", "planned")],
    ),
    "a quoted title is no person": (
        "en",
        "2015-03-02",
        'Mara Lind, who wrote "The Silent Sea," is travelling to Gaza on Thursday.',
        [("Mara Lind", "Gaza", "2015-03-05", "planned")],
    ),
    "a date before the subject": (
        "en",
        "",
        "On this date in 1931 Anton Veles began a six-day Polish state visit to Warsaw and Kraków.",
        [
            ("Anton Veles", "Warsaw", "1931", "happened"),
            ("Anton Veles", "Kraków", "1931", "happened"),
        ],
    ),
    "each stop with its own day": (
        "fr",
        "2022-02-04",
        "La ministre danoise Anna Holm sera lundi à Rome et mardi à Vienne.",
        [
            ("Anna Holm", "Rome", "2022-02-07", "planned"),
            ("Anna Holm", "Vienne", "2022-02-08", "planned"),
        ],
    ),
    "a stop that opens the sentence": (
        "en",
        "2013-10-31",
        "After Rome and Athens, Foreign Minister Anna Holm will travel to Cairo.",
        [
            ("Anna Holm", "Rome", "", "planned"),
            ("Anna Holm", "Athens", "", "planned"),
            ("Anna Holm", "Cairo", "", "planned"),
        ],
    ),
    "some of several cities": (
        "en",
        "",
        "Ivo Tadić visited several African cities, including Dakar and Accra.",
        [("Ivo Tadić", "Dakar", "", "happened"), ("Ivo Tadić", "Accra", "", "happened")],
    ),
    "stops are a noun": (
        "en",
        "2013-10-31",
        "Secretary Anna Holm will make stops in Jordan, Algeria and Morocco.",
        [
            ("Anna Holm", "Jordan", "", "planned"),
            ("Anna Holm", "Algeria", "", "planned"),
            ("Anna Holm", "Morocco", "", "planned"),
        ],
    ),
    "a clause of its own behind a comma": (
        "en",
        "",
        "President Ivo Tadić cut short his visit to Spain and returned to Zagreb, "
        "postponing visits to Cuba and Peru.",
        [
            ("Ivo Tadić", "Spain", "", "happened"),
            ("Ivo Tadić", "Zagreb", "", "happened"),
            ("Ivo Tadić", "Cuba", "", "cancelled"),
            ("Ivo Tadić", "Peru", "", "cancelled"),
        ],
    ),
    "a headline leaves the office out": (
        "fr",
        "2016-10-11",
        "Ivo Tadić ne viendra pas en Grèce. Le président croate reporte sa visite à Athènes.",
        [("Ivo Tadić", "Athènes", "", "cancelled")],
    ),
    "the office without its accent": (
        "fr",
        "2016-08-29",
        "Le président José Lima est arrivé samedi au Soudan. La semaine dernière, le chef de "
        "l'Etat avait effectué une visite de deux jours au Gabon.",
        [
            ("José Lima", "Soudan", "2016-08-27", "happened"),
            ("José Lima", "Gabon", "2016-08-22/2016-08-28", "happened"),
        ],
    ),
    "what is talked about": (
        "fr",
        "2016-10-06",
        "Le président croate Ivo Tadić se rendra en Italie le 19 octobre pour s'entretenir avec "
        "son homologue du conflit en Syrie.",
        [("Ivo Tadić", "Italie", "2016-10-19", "planned")],
    ),
    "what discussion is about": (
        "en",
        "2013-10-26",
        "The two foreign ministers discussed the ongoing conflict in Syria.",
        [],
    ),
    "a country that describes a noun": (
        "en",
        "2003-07-16",
        "Prime Minister Tom Avery's visit to Oslo was about the Iraq war.",
        [("Tom Avery", "Oslo", "", "happened")],
    ),
    "a gerund of the whole sentence": (
        "fr",
        "2015-11-26",
        "Ivo Tadić poursuit jeudi son marathon diplomatique en se rendant à Moscou.",
        [("Ivo Tadić", "Moscou", "2015-11-26", "happened")],
    ),
    "somebody's turn": (
        "fr",
        "2022-06-02",
        "C'est au tour de Jean-Luc Morel de se rendre en Côte d'Ivoire.",
        [("Jean-Luc Morel", "Côte d’Ivoire", "", "happened")],
    ),
    "a noun before the town's name": (
        "fr",
        "2014-01-11",
        "La présidente Anna Holm se rendra dans la capitale économique mauritanienne Nouadhibou.",
        [("Anna Holm", "Nouadhibou", "", "planned")],
    ),
    "among others is no verb": (
        "fr",
        "2014-01-11",
        "La présidente Anna Holm a salué l'accord conclu entre les deux pays sur la Syrie.",
        [],
    ),
    "what somebody is": (
        "fr",
        "",
        "Ivo Tadić est le premier dirigeant croate à venir en visite à Oslo.",
        [("Ivo Tadić", "Oslo", "", "happened")],
    ),
    "nobody in particular": (
        "fr",
        "",
        "C'est la première visite en France d'un chef d'Etat croate depuis 1991.",
        [],
    ),
    "if he comes": (
        "en",
        "2010-03-03",
        "Mr. Hughes asked if the prime minister will again visit Washington.",
        [],
    ),
    "rather than": (
        "en",
        "2024-10-23",
        "Anna Holm will visit Oslo on Thursday, replacing a planned trip to Jordan.",
        [("Anna Holm", "Oslo", "2024-10-24", "planned"), ("Anna Holm", "Jordan", "", "cancelled")],
    ),
    "a headline in the infinitive": (
        "en",
        "2013-07-19",
        "Danish foreign minister to visit Turkey",
        [("Danish foreign minister", "Türkiye", "", "planned")],
    ),
    "a dateline below the headline": (
        "en",
        "2008-10-31",
        "Holm meets with union leaders\nMADRID (Agency) - Danish Foreign Minister Anna Holm met "
        "with union leaders here on Thursday.",
        [("Anna Holm", "Madrid", "2008-10-30", "happened")],
    ),
    "the office of the dateline's country": (
        "fr",
        "2016-07-24",
        "ALGER – Le Premier ministre s'est entretenu dimanche à Alger avec son homologue.",
        [],
    ),
    "an airport in its town": (
        "en",
        "2017-10-25",
        "Danish President Anna Holm arrived at Hamad International Airport in Doha on Tuesday.",
        [("Anna Holm", "Hamad International Airport", "2017-10-24", "ongoing")],
    ),
    "an airport nobody knows": (
        "fr",
        "2020-10-08",
        "Arrivée mercredi à Alger, Anna Holm a été accueillie à l'aéroport international "
        "Houari-Boumediene par le ministre.",
        [("Anna Holm", "Alger", "2020-10-07", "ongoing")],
    ),
    "a demonym of two words": (
        "en",
        "2018-01-24",
        "South African President Nia Dube arrived in Oslo on Tuesday.",
        [("Nia Dube", "Oslo", "2018-01-23", "ongoing")],
    ),
    "a tour that will take her": (
        "en",
        "2007-08-20",
        "Danish Prime Minister Anna Holm left Oslo on Sunday for a tour that will take her to "
        "Jordan, India and Malaysia.",
        [
            ("Anna Holm", "Jordan", "2007-08-19", "happened"),
            ("Anna Holm", "India", "", "planned"),
            ("Anna Holm", "Malaysia", "", "planned"),
        ],
    ),
    "plans unveiled": (
        "en",
        "2019-12-03",
        "Prime Minister Anna Holm on Tuesday announced plans to visit India in January.",
        [("Anna Holm", "India", "2020-01", "planned")],
    ),
    "the leader of a country": (
        "en",
        "2007-06-27",
        "Danish Prime Minister Anna Holm will visit India in August. The Danish leader will travel "
        "first to Jordan.",
        [("Anna Holm", "India", "2007-08", "planned"), ("Anna Holm", "Jordan", "", "planned")],
    ),
    "moved by somebody": (
        "en",
        "",
        "A chartered plane took Anna Holm to Geneva, and the next week it flew her to Bern.",
        [("Anna Holm", "Geneva", "", "happened"), ("Anna Holm", "Bern", "", "happened")],
    ),
    "years are a residence": (
        "en",
        "",
        "Anna Holm spent her third year at university in the south of Spain.",
        [],
    ),
    "passed away": ("en", "", "Anna Holm, 95, passed away peacefully at Lancaster in March.", []),
    "received a thing": (
        "en",
        "",
        "Each day hundreds of homes in Alameda County receive food from Anna Holm.",
        [],
    ),
    "a base form right behind its subject is its verb": (
        "en",
        "1996-10-15",
        "Two Danish military delegations today begin visits to Bishkek.",
        [("Two Danish military delegations", "Bishkek", "1996-10-15", "happened")],
    ),
    "a participle describes the subject": (
        "en",
        "1980-02-07",
        "A Danish diplomatic team involved in the border talks arrived in Tunis on Monday.",
        [("Danish diplomatic team", "Tunis", "1980-02-04", "happened")],
    ),
    "an adjective before those who go along": (
        "en",
        "1980-02-07",
        "Secretary Veles and a tired party of advisers visited Nairobi, Kenya, January 12; "
        "Kampala, Uganda, January 13; and Ethiopia, January 14-16.",
        [
            (who, place, start, "happened")
            for who in ("Veles", "tired party of advisers")
            for place, start in (
                *(("Nairobi", "1980-01-12"), ("Kampala", "1980-01-13")),
                ("Ethiopia", "1980-01-14"),
            )
        ],
    ),
    "those named between dashes go along": (
        "en",
        "1980-02-07",
        "Vice President Holm and party -- including Congressman Ivo Tadić and Ana Ruiz, governor "
        "of the Virgin Islands -- flew into Accra.",
        [("Holm", "Accra", "", "happened")],
    ),
    "behind a passive the subject goes on": (
        "en",
        "1955-03-03",
        "Anna Holm and Ivo Tadić arrived in Israel. They will be received by the Prime Minister, "
        "the Cabinet, labor and industrial leaders and will make a tour of Haifa and Galilee.",
        [
            *((who, "Israel", "", "happened") for who in ("Anna Holm", "Ivo Tadić")),
            *((who, "Haifa", "", "planned") for who in ("Anna Holm", "Ivo Tadić")),
            *((who, "Galilee", "", "planned") for who in ("Anna Holm", "Ivo Tadić")),
        ],
    ),
    "a plural office is one of each country, and who is at home comes from nowhere": (
        "en",
        "2004-01-31",
        "The foreign ministers of Kenya, Uganda and Rwanda met in Kigali on Monday.",
        [
            ("foreign minister of Kenya", "Kigali", "2004-01-26", "happened"),
            ("foreign minister of Uganda", "Kigali", "2004-01-26", "happened"),
        ],
    ),
    "un pluriel a une personne par pays": (
        "fr",
        "2004-01-31",
        "Les présidents malien et nigérien sont attendus lundi à Abidjan.",
        [
            ("président malien", "Abidjan", "2004-02-02", "planned"),
            ("président nigérien", "Abidjan", "2004-02-02", "planned"),
        ],
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_tells_its_visits_and_no_others(name: str) -> None:
    """Who, where to, when and how sure: exactly what the report says."""
    assert told(REPORTS[name]) == set(REPORTS[name][3])
