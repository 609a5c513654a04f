"""Wordings of visits in the manner of news reports, each with all that it tells.

The sentences were written for these tests; dates and people are as history has them.
"""

import pytest

from visitmap.model import Document, Source
from visitmap.pipeline import run_document

# Language, the document's date, text; then traveller, destination, start (EDTF) and status.
WORDINGS = [
    (
        "en",
        "2016-03-20",
        "HAVANA — U.S. President Barack Obama arrived in Cuba on Sunday for a three-day "
        "visit, the first by a sitting American president in 88 years.",
        [("Barack Obama", "Cuba", "2016-03-20", "ongoing")],
    ),
    (
        "en",
        "1972-02-21",
        "President Nixon arrived in Peking today to begin a week of talks with Premier "
        "Chou En-lai.",
        [("Nixon", "Beijing", "1972-02-21", "ongoing")],
    ),
    (
        "en",
        "1961-06-03",
        "President Kennedy flew to Vienna from Paris this morning for his meeting with "
        "Premier Khrushchev.",
        [("Kennedy", "Vienna", "1961-06-03", "happened")],
    ),
    (
        "en",
        "2006-07-15",
        "Secretary of State Condoleezza Rice will travel to the Middle East next week, "
        "the State Department said.",
        [("Condoleezza Rice", "Middle East", "2006-07-17/2006-07-23", "planned")],
    ),
    (
        "en",
        "2009-04-02",
        "Chinese President Hu Jintao is in London to attend the G-20 summit.",
        [("Hu Jintao", "London", "", "ongoing")],
    ),
    (
        "en",
        "2005-02-23",
        "German Chancellor Gerhard Schröder welcomed Mr Bush in Mainz on Wednesday.",
        [("Bush", "Mainz", "2005-02-23", "happened")],
    ),
    (
        "en",
        "2008-11-10",
        "Russian President Dmitry Medvedev met with Venezuelan President Hugo Chavez in "
        "Caracas on Wednesday, November 5.",
        [("Dmitry Medvedev", "Caracas", "2008-11-05", "happened")],
    ),
    (
        "en",
        "2007-09-25",
        "Iranian President Mahmoud Ahmadinejad, who is in New York for the United "
        "Nations General Assembly, spoke at Columbia University on Monday.",
        [("Mahmoud Ahmadinejad", "New York City", "2007-09-24", "ongoing")],
    ),
    (
        "en",
        "2011-03-01",
        "British Prime Minister David Cameron wrapped up a tour of the Gulf on Thursday "
        "with a stop in Oman.",
        [("David Cameron", "Oman", "2011-02-24", "happened")],
    ),
    (
        "en",
        "1938-09-15",
        "Mr. Chamberlain left London by air this morning for Munich, whence he will "
        "proceed to Berchtesgaden.",
        [
            ("Chamberlain", "Berchtesgaden", "1938-09-15", "planned"),
            ("Chamberlain", "Munich", "1938-09-15", "happened"),
        ],
    ),
    (
        "en",
        "2018-06-12",
        "Donald Trump and Kim Jong Un met in Singapore on Tuesday.",
        [
            ("Donald Trump", "Singapore", "2018-06-12", "happened"),
            ("Kim Jong Un", "Singapore", "2018-06-12", "happened"),
        ],
    ),
    (
        "en",
        "2013-07-08",
        "Pope Francis traveled to the Italian island of Lampedusa on Monday to pray for "
        "migrants lost at sea.",
        [("Francis", "Lampedusa", "2013-07-08", "happened")],
    ),
    (
        "en",
        "2010-11-05",
        "U.S. President Barack Obama will begin a ten-day tour of Asia on Saturday in "
        "Mumbai, before heading to Indonesia, South Korea and Japan.",
        [
            ("Barack Obama", "Indonesia", "2010-11-06", "planned"),
            ("Barack Obama", "Japan", "2010-11-06", "planned"),
            ("Barack Obama", "Mumbai", "2010-11-06", "planned"),
            ("Barack Obama", "South Korea", "2010-11-06", "planned"),
        ],
    ),
    (
        "en",
        "2003-11-28",
        "In a surprise Thanksgiving trip to Baghdad, President George W. Bush told "
        "troops they were defending the American people.",
        [("George W. Bush", "Baghdad", "", "happened")],
    ),
    (
        "en",
        "2012-08-01",
        "U.N. special envoy Kofi Annan canceled a planned trip to Damascus.",
        [("Kofi Annan", "Damascus", "", "cancelled")],
    ),
    (
        "en",
        "2015-11-24",
        "The Russian foreign minister, Sergei Lavrov, called off his visit to Turkey, "
        "scheduled for Wednesday.",
        [("Sergei Lavrov", "Türkiye", "2015-11-25", "cancelled")],
    ),
    (
        "en",
        "1956-04-18",
        "Marshal Bulganin and Mr. Khrushchev landed at Portsmouth today from the cruiser "
        "Ordzhonikidze.",
        [
            ("Bulganin", "Portsmouth", "1956-04-18", "ongoing"),
            ("Khrushchev", "Portsmouth", "1956-04-18", "ongoing"),
        ],
    ),
    (
        "en",
        "2022-03-15",
        "The prime ministers of Poland, the Czech Republic and Slovenia travelled to "
        "Kyiv by train on Tuesday to meet President Volodymyr Zelensky.",
        [
            ("prime minister of Poland", "Kyiv", "2022-03-15", "happened"),
            ("prime minister of the Czech Republic", "Kyiv", "2022-03-15", "happened"),
            ("prime minister of Slovenia", "Kyiv", "2022-03-15", "happened"),
        ],
    ),
    (
        "en",
        "2006-11-20",
        "U.S. President George W. Bush has arrived in Jakarta, Indonesia, after "
        "attending the APEC summit in Hanoi.",
        [
            ("George W. Bush", "Hanoi", "", "happened"),
            ("George W. Bush", "Jakarta", "", "ongoing"),
        ],
    ),
    (
        "en",
        "2010-01-16",
        "Clinton toured the damaged airport at Port-au-Prince with Haitian President "
        "René Préval on Saturday.",
        [("Clinton", "Port-au-Prince", "2010-01-16", "happened")],
    ),
    (
        "en",
        "2017-05-20",
        "US President Donald Trump has landed in Saudi Arabia on his first foreign trip "
        "since taking office.",
        [("Donald Trump", "Saudi Arabia", "", "ongoing")],
    ),
    (
        "en",
        "2009-09-24",
        "Libyan leader Muammar al-Gaddafi visited New York to address the UN General "
        "Assembly yesterday.",
        [("Muammar al-Gaddafi", "New York City", "2009-09-23", "happened")],
    ),
    (
        "en",
        "1999-03-05",
        "Syrian Foreign Minister Farouk al-Sharaa flew into Cairo for talks with "
        "President Hosni Mubarak.",
        [("Farouk al-Sharaa", "Cairo", "", "happened")],
    ),
    (
        "en",
        "2008-08-12",
        "French President Nicolas Sarkozy went to Moscow and Tbilisi on Tuesday to "
        "broker a ceasefire.",
        [
            ("Nicolas Sarkozy", "Moscow", "2008-08-12", "happened"),
            ("Nicolas Sarkozy", "Tbilisi", "2008-08-12", "happened"),
        ],
    ),
    (
        "en",
        "1979-01-17",
        "The Shah of Iran left Tehran yesterday for Aswan, where he was greeted by "
        "President Sadat.",
        [("Shah of Iran", "Aswān", "1979-01-16", "happened")],
    ),
    (
        "en",
        "2011-05-24",
        "The President and Mrs. Obama were received at Buckingham Palace by the Queen on Tuesday.",
        [
            ("Obama", "Buckingham Palace", "2011-05-24", "happened"),
            ("President", "Buckingham Palace", "2011-05-24", "happened"),
        ],
    ),
    (
        "en",
        "2005-07-20",
        "Indian Prime Minister Manmohan Singh's visit to Washington ended on Wednesday.",
        [("Manmohan Singh", "Washington", "", "happened")],
    ),
    (
        "en",
        "2016-12-10",
        "South Sudanese President Salva Kiir departed Juba for Nairobi on Friday to take "
        "part in a regional summit.",
        [("Salva Kiir", "Nairobi", "2016-12-09", "happened")],
    ),
    (
        "en",
        "2014-10-03",
        "Israeli Prime Minister Benjamin Netanyahu said at the White House on Wednesday "
        "that he remained committed to peace.",
        [("Benjamin Netanyahu", "White House", "2014-10-01", "happened")],
    ),
    (
        "en",
        "2010-06-12",
        "A delegation led by Deputy Prime Minister Ali Babacan will leave for Baku on June 15.",
        [("Ali Babacan", "Baku", "2010-06-15", "planned")],
    ),
    (
        "en",
        "2010-06-12",
        "Kyrgyz interim leader Roza Otunbayeva paid a working visit to Astana on 10 June "
        "at the invitation of Nursultan Nazarbayev.",
        [("Roza Otunbayeva", "Astana", "2010-06-10", "happened")],
    ),
    (
        "en",
        "1973-09-12",
        "Dr. Henry Kissinger is expected to visit Peking in late October.",
        [("Henry Kissinger", "Beijing", "1973-10", "planned")],
    ),
    (
        "en",
        "2008-07-24",
        "Barack Obama gave a speech before 200,000 people in Berlin on Thursday.",
        [("Barack Obama", "Berlin", "2008-07-24", "happened")],
    ),
    (
        "en",
        "2013-12-05",
        "Following a stopover in Tokyo, Vice President Joe Biden arrived in Beijing Wednesday.",
        [("Joe Biden", "Beijing", "2013-12-04", "ongoing"), ("Joe Biden", "Tokyo", "", "happened")],
    ),
    (
        "en",
        "2022-08-02",
        "House Speaker Nancy Pelosi touched down in Taipei late Tuesday.",
        [("Nancy Pelosi", "Taipei", "2022-08-02", "ongoing")],
    ),
    (
        "en",
        "2012-08-01",
        "Washington told Moscow on Tuesday that it would not attend talks in Geneva.",
        [],
    ),
    (
        "en",
        "2012-08-01",
        "President Obama phoned Chancellor Merkel in Berlin on Monday.",
        [],
    ),
    (
        "en",
        "2012-08-01",
        "The U.S. ambassador in Cairo, Anne Patterson, said the embassy would stay open.",
        [],
    ),
    (
        "en",
        "2012-08-01",
        "Mr Kerry has not visited Tehran since taking office.",
        [],
    ),
    (
        "fr",
        "2016-03-20",
        "Le président américain Barack Obama est arrivé dimanche à La Havane pour une "
        "visite historique de trois jours.",
        [("Barack Obama", "La Havane", "2016-03-20", "ongoing")],
    ),
    (
        "fr",
        "1966-06-21",
        "Le général de Gaulle a quitté Paris hier pour Moscou, où il séjournera jusqu'au "
        "1er juillet.",
        [("de Gaulle", "Moscou", "1966-06-20", "happened")],
    ),
    (
        "fr",
        "2008-08-13",
        "Nicolas Sarkozy s'est rendu mardi à Moscou puis à Tbilissi pour négocier un "
        "cessez-le-feu.",
        [
            ("Nicolas Sarkozy", "Moscou", "2008-08-12", "happened"),
            ("Nicolas Sarkozy", "Tbilissi", "2008-08-12", "happened"),
        ],
    ),
    (
        "fr",
        "2013-02-02",
        "François Hollande est attendu samedi à Tombouctou avant de gagner Bamako.",
        [
            ("François Hollande", "Bamako", "2013-02-02", "planned"),
            ("François Hollande", "Tombouctou", "2013-02-02", "planned"),
        ],
    ),
    (
        "fr",
        "2018-04-23",
        "Emmanuel Macron entame lundi une visite d'État de trois jours aux États-Unis.",
        [("Emmanuel Macron", "États-Unis", "2018-04-23", "ongoing")],
    ),
    (
        "fr",
        "1921-11-12",
        "M. Briand, président du Conseil, est parti pour Washington à bord du paquebot "
        "Lafayette le 29 octobre.",
        [("Briand", "Washington", "1921-10-29", "happened")],
    ),
    (
        "fr",
        "2007-12-10",
        "Le colonel Kadhafi a été reçu lundi à l'Élysée par le chef de l'État.",
        [("Kadhafi", "Élysée Palace", "2007-12-10", "happened")],
    ),
    (
        "fr",
        "2022-06-16",
        "Emmanuel Macron, Olaf Scholz et Mario Draghi sont arrivés jeudi matin à Kiev en train.",
        [
            ("Emmanuel Macron", "Kyiv", "2022-06-16", "ongoing"),
            ("Mario Draghi", "Kyiv", "2022-06-16", "ongoing"),
            ("Olaf Scholz", "Kyiv", "2022-06-16", "ongoing"),
        ],
    ),
    (
        "fr",
        "2009-09-16",
        "Le ministre des Affaires étrangères Bernard Kouchner effectuera une tournée au "
        "Proche-Orient du 20 au 24 septembre.",
        [("Bernard Kouchner", "Middle East", "2009-09-20", "planned")],
    ),
    (
        "fr",
        "2011-09-15",
        "MM. Sarkozy et Cameron ont atterri jeudi à Tripoli, avant de s'envoler pour Benghazi.",
        [
            ("Cameron", "Ţarābulus", "2011-09-15", "ongoing"),
            ("Cameron", "Benghazi", "2011-09-15", "happened"),
            ("Sarkozy", "Benghazi", "2011-09-15", "happened"),
            ("Sarkozy", "Ţarābulus", "2011-09-15", "ongoing"),
        ],
    ),
    (
        "fr",
        "2005-03-10",
        "Le président syrien Bachar el-Assad s'est entretenu mercredi à Riyad avec le "
        "prince héritier Abdallah.",
        [("Bachar el-Assad", "Riyad", "2005-03-09", "happened")],
    ),
    (
        "fr",
        "2006-05-20",
        "La chancelière allemande Angela Merkel rencontrera lundi à Pékin le Premier "
        "ministre chinois Wen Jiabao.",
        [("Angela Merkel", "Pékin", "2006-05-22", "planned")],
    ),
    (
        "fr",
        "2015-07-29",
        "Laurent Fabius, premier ministre français à se rendre à Téhéran depuis douze "
        "ans, y est resté quelques heures mercredi.",
        [("Laurent Fabius", "Téhéran", "2015-07-29", "happened")],
    ),
    (
        "fr",
        "1954-06-24",
        "M. Mendès France a rencontré hier à Berne M. Chou En-lai.",
        [("Mendès France", "Berne", "1954-06-23", "happened")],
    ),
    (
        "fr",
        "2012-12-20",
        "Le déplacement de François Hollande à Alger, les 19 et 20 décembre, était très attendu.",
        [("François Hollande", "Alger", "2012-12-19", "happened")],
    ),
    (
        "fr",
        "2019-08-25",
        "Le ministre iranien des Affaires étrangères, Mohammad Javad Zarif, a fait une "
        "visite surprise à Biarritz dimanche, en plein sommet du G7.",
        [("Mohammad Javad Zarif", "Biarritz", "2019-08-25", "happened")],
    ),
    (
        "fr",
        "2017-11-28",
        "Arrivé lundi soir à Ouagadougou, Emmanuel Macron s'est adressé mardi aux étudiants.",
        [("Emmanuel Macron", "Ouagadougou", "2017-11-27", "ongoing")],
    ),
    (
        "fr",
        "2003-10-02",
        "Au cours de son voyage en Russie la semaine dernière, le premier ministre a "
        "visité Saint-Pétersbourg et Moscou.",
        [
            ("premier ministre", "Moscou", "2003-09-22/2003-09-28", "happened"),
            ("premier ministre", "Russie", "2003-09-22/2003-09-28", "happened"),
            ("premier ministre", "Saint-Pétersbourg", "2003-09-22/2003-09-28", "happened"),
        ],
    ),
    (
        "fr",
        "2012-05-18",
        "Le nouveau président s'envole ce vendredi pour Washington, première étape d'un "
        "voyage qui le conduira ensuite à Chicago.",
        [
            ("nouveau président", "Chicago", "2012-05-18", "planned"),
            ("nouveau président", "Washington", "2012-05-18", "ongoing"),
        ],
    ),
    (
        "fr",
        "2008-02-28",
        "Nicolas Sarkozy a annulé sa visite au Gabon prévue la semaine prochaine.",
        [("Nicolas Sarkozy", "Gabon", "2008-03-03/2008-03-09", "cancelled")],
    ),
    (
        "fr",
        "2020-08-06",
        "Au lendemain des explosions, Emmanuel Macron s'est rendu sur place, à Beyrouth, "
        "où il a promis l'aide de la France.",
        [("Emmanuel Macron", "Beyrouth", "", "happened")],
    ),
    (
        "fr",
        "1962-09-10",
        "Le chancelier Adenauer viendra en France au mois de janvier prochain.",
        [("Adenauer", "France", "1963-01", "planned")],
    ),
    (
        "fr",
        "2014-06-06",
        "Reçue à Matignon le 3 juin, la présidente du Liberia Ellen Johnson Sirleaf a "
        "quitté la France jeudi.",
        [("Ellen Johnson Sirleaf", "Hôtel Matignon", "2014-06-03", "happened")],
    ),
    (
        "fr",
        "2014-06-06",
        "Paris et Berlin ont demandé à Moscou de retirer ses troupes d'Ukraine.",
        [],
    ),
    (
        "fr",
        "2014-06-06",
        "L'ambassadeur de France à Bamako, Christian Rouyer, a salué cette décision.",
        [],
    ),
    (
        "fr",
        "2014-06-06",
        "Le président a téléphoné vendredi à son homologue égyptien, au Caire.",
        [],
    ),
    (
        "fr",
        "2014-06-06",
        "Des milliers de manifestants se sont rassemblés à Kiev ; les troupes russes "
        "sont entrées en Crimée.",
        [],
    ),
    (
        "fr",
        "2014-06-06",
        "Contrairement à ce qu'affirme la presse, M. Fabius ne s'est jamais rendu à Damas.",
        [("Fabius", "Damas", "", "denied")],
    ),
]


@pytest.mark.parametrize(("language", "date", "text", "visits"), WORDINGS)
def test_a_wording_tells_its_visits_and_no_others(
    language: str, date: str, text: str, visits: list[tuple[str, str, str, str]]
) -> None:
    """Who, where to, when and how sure: exactly what the sentence says."""
    found, _ = run_document(Document(text, Source("d", date=date, language=language)))
    said = {
        (traveller.name, visit.destination.name, visit.timespan.start, visit.status)
        for visit in found
        for traveller in visit.travellers
    }
    assert said == set(visits)


@pytest.mark.parametrize(("language", "date", "text", "visits"), WORDINGS)
def test_every_quote_and_word_stands_in_the_text(
    language: str, date: str, text: str, visits: list[tuple[str, str, str, str]]
) -> None:
    """Evidence and each field's words are cut from the text at their offsets."""
    found, _ = run_document(Document(text, Source("d", date=date, language=language)))
    for visit in found:
        for evidence in visit.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
            assert {"destination", "trigger"} <= {name for name, _ in evidence.fields}
            for _, span in evidence.fields:
                assert text[span.start : span.end] == span.text
