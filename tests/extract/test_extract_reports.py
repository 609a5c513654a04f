"""What reports, chronicles and summits tell across sentences; found by reading labelled news.

People and journeys are invented, the sentences written for these tests.
"""

import pytest
from reports import told

REPORTS = {
    "guests of a summit that another sentence places": (
        "fr",
        "2014-12-15",
        "Le sommet s'est ouvert ce lundi dans la capitale kényane, Nairobi. Parmi les dirigeants "
        "présents figurent Anna Holm du Danemark et Ivo Tadić de Serbie. Une absence notable : "
        "celle du président ghanéen Kofi Mensah. Le Togo est représenté par son ministre de la "
        "Santé, Yao Adjovi.",
        [
            ("Anna Holm", "Nairobi", "2014-12-15", "happened"),
            ("Ivo Tadić", "Nairobi", "2014-12-15", "happened"),
            ("Kofi Mensah", "Nairobi", "2014-12-15", "cancelled"),
            ("Yao Adjovi", "Nairobi", "2014-12-15", "happened"),
        ],
    ),
    "who says who was present is no guest": (
        "en",
        "2014-12-15",
        "The summit opened on Monday in Nairobi. “The only people present were friends,” Anna Holm "
        "said.",
        [],
    ),
    "a host goes on receiving": (
        "en",
        "2014-12-15",
        "President Joseph Otieno welcomed Danish Foreign Minister Anna Holm in Nairobi on Friday. "
        "Later President Otieno received Serbian Premier Ivo Tadić.",
        [
            ("Anna Holm", "Nairobi", "2014-12-12", "happened"),
            ("Ivo Tadić", "Nairobi", "2014-12-12", "happened"),
        ],
    ),
    "a capital that prepares to receive": (
        "en",
        "2017-03-16",
        "Jakarta is preparing to welcome Danish Prime Minister Anna Holm for a visit on March 29.",
        [("Anna Holm", "Jakarta", "2017-03-29", "planned")],
    ),
    "a name in brackets": (
        "en",
        "2022-07-25",
        "Serbian President Ivo Tadić (Zoki), accompanied by First Lady Mila Tadić, departed for "
        "Beijing on Monday. Zoki will visit Tokyo on Friday.",
        [
            ("Ivo Tadić", "Beijing", "2022-07-25", "happened"),
            ("Ivo Tadić", "Tokyo", "2022-07-29", "planned"),
        ],
    ),
    "a relative clause is stepped over": (
        "en",
        "1963-10-01",
        "King Darius, who became ruler before Anna Holm was born, arrived in Lisbon today.",
        [("Darius", "Lisbon", "1963-10-01", "ongoing")],
    ),
    "what goes on somewhere is no destination": (
        "en",
        "2014-06-20",
        "Danish Foreign Minister Anna Holm flew to Ankara on Thursday to discuss the crisis in "
        "Libya and the situation in northern Syria.",
        [("Anna Holm", "Ankara", "2014-06-19", "happened")],
    ),
    "what is said is no place": (
        "en",
        "2014-06-20",
        "Danish Foreign Minister Anna Holm said a coalition government should be formed in Libya.",
        [],
    ),
    "weekdays in the order of the stops": (
        "fr",
        "2023-01-31",
        "Le pape Clément se rend au Kenya ce mardi 31 janvier, puis en Ouganda vendredi.",
        [
            ("Clément", "Kenya", "2023-01-31", "ongoing"),
            ("Clément", "Ouganda", "2023-02-03", "planned"),
        ],
    ),
    "initials of countries": (
        "en",
        "2002-01-25",
        "Anna Holm will travel to the UK, Spain and the UAE from 27 January to 8 February.",
        [
            ("Anna Holm", "United Kingdom", "2002-01-27", "planned"),
            ("Anna Holm", "Spain", "2002-01-27/2002-02-08", "planned"),
            ("Anna Holm", "United Arab Emirates", "2002-01-27/2002-02-08", "planned"),
        ],
    ),
    "initials that describe a noun": (
        "en",
        "2002-01-25",
        "Anna Holm will travel to Rome for the UK government on Friday.",
        [("Anna Holm", "Rome", "2002-01-25", "planned")],
    ),
    "guests from several countries come each for themselves": (
        "fr",
        "2013-01-18",
        "Anna Holm, Présidente du Danemark, Ivo Tadić, Président de la Serbie et le ministre grec "
        "Nikos Vardis sont attendus à Dakar samedi.",
        [
            ("Anna Holm", "Dakar", "2013-01-19", "planned"),
            ("Ivo Tadić", "Dakar", "2013-01-19", "planned"),
            ("Nikos Vardis", "Dakar", "2013-01-19", "planned"),
        ],
    ),
    "the day of the visit told behind it": (
        "en",
        "2017-03-25",
        "Danish Foreign Minister Anna Holm will travel to Brussels. The visit will take place on "
        "March 31.",
        [("Anna Holm", "Brussels", "2017-03-31", "planned")],
    ),
    "a place at a clause's head": (
        "fr",
        "1996-09-19",
        "L'amiral Wen Tao a visité la France samedi. A Cherbourg, l'amiral s'est intéressé à un "
        "navire.",
        [
            ("Wen Tao", "France", "1996-09-14", "happened"),
            ("Wen Tao", "Cherbourg", "1996-09-14/..", "happened"),
        ],
    ),
    "a title line's words are no names": (
        "en",
        "2005-08-22",
        "Envoy to Visit Refugee Camps in Chad\nDanish envoy Anna Holm will begin a visit to Chad "
        "on Thursday. She will see refugee camps.",
        [("Anna Holm", "Chad", "2005-08-25", "planned")],
    ),
    "whom the sentence is about": (
        "fr",
        "2017-04-01",
        "Le chef du gouvernement Ivo Tadić se rendra lundi à Bamako. Quant au ministre des "
        "Affaires étrangères, Nikos Vardis, il se rendra mardi à Rabat.",
        [
            ("Ivo Tadić", "Bamako", "2017-04-03", "planned"),
            ("Nikos Vardis", "Rabat", "2017-04-04", "planned"),
        ],
    ),
    "a caller at a residence": (
        "fr",
        "",
        "24 janvier 1963 : Entretien du général Morel à l'Élysée avec M. Seydou Diallo, président "
        "du Niger.",
        [("Seydou Diallo", "Élysée Palace", "1963-01-24", "happened")],
    ),
    "a chronicle under its heading": (
        "fr",
        "",
        "8-19 août 1985\n\nLe 8, le pape Clément arrive à Lomé. Du 11 au 14, Clément est au "
        "Cameroun.",
        [
            ("Clément", "Lomé", "1985-08-08", "happened"),
            ("Clément", "Cameroun", "1985-08-11", "happened"),
        ],
    ),
    "entries under their dates": (
        "fr",
        "",
        "23 février 1970\nGeorges Morel effectue son premier voyage aux États-Unis.\n"
        "10 avril 1975\nLouis Garnier effectue un voyage en Algérie.\n"
        "2 mai 1977\nLouis Garnier effectue un voyage au Maroc.",
        [
            ("Georges Morel", "États-Unis", "1970-02-23", "happened"),
            ("Louis Garnier", "Algérie", "1975-04-10", "happened"),
            ("Louis Garnier", "Maroc", "1977-05-02", "happened"),
        ],
    ),
    "an old cable's dateline": (
        "en",
        "1938-09-17",
        "(Received 9.30 a.m.) LONDON, September 16. Mr. Arthur Pell flew to Munich yesterday.",
        [("Arthur Pell", "Munich", "1938-09-15", "happened")],
    ),
    "a plan's day lies ahead": (
        "fr",
        "2013-10-21",
        "Nikos Vardis arrivait du Caire, où il a rencontré dimanche Ivo Tadić, et doit ensuite se "
        "rendre en Iran.",
        [
            ("Nikos Vardis", "Le Caire", "2013-10-20", "happened"),
            ("Nikos Vardis", "Iran", "", "planned"),
        ],
    ),
    "the first stop was": (
        "en",
        "2004-02-01",
        "Anna Holm began a tour of Europe on 21 January. Her first stop was Davos.",
        [("Anna Holm", "Davos", "2004-01-21", "happened")],
    ),
    "officials in general are nobody": (
        "en",
        "2004-02-01",
        "Immigration officials returned to Poland on Friday.",
        [],
    ),
    "an organisation's initials are no town": (
        "fr",
        "2016-06-30",
        "La présidente Anna Holm se rendra en Mongolie pour un sommet de l'ASEM lundi.",
        [("Anna Holm", "Mongolie", "2016-07-04", "planned")],
    ),
    "a set phrase moves nobody": (
        "fr",
        "2017-02-23",
        "La ministre Anna Holm effectuera une visite à Alger à partir de samedi.",
        [("Anna Holm", "Alger", "2017-02-25", "planned")],
    ),
    "an itinerary under a name": (
        "en",
        "1990-10-23",
        "Their plans:\n\nPresident Anna Holm\n\nNov. 19-21 -- France for a summit.\n\n"
        "Dec. 2-8 – Chile and Peru\n\nIvo Tadić\n\nDec. 10: Norway (tentative)\n\n"
        "Dec. 12: Turkey: strike ends\n",
        [
            ("Anna Holm", "France", "1990-11-19", "planned"),
            ("Anna Holm", "Chile", "1990-12-02", "planned"),
            ("Anna Holm", "Peru", "1990-12-02/1990-12-08", "planned"),
            ("Ivo Tadić", "Norway", "1990-12-10", "planned"),
        ],
    ),
    "an agenda that is over": (
        "fr",
        "2019-03-20",
        "Agenda de la ministre Anna Holm\n\n12 mars : Rome, pour un sommet\n\n"
        "14-15 mars : Tirana (Albanie)\n\n17 mars : Oslo\n",
        [
            ("Anna Holm", "Rome", "2019-03-12", "happened"),
            ("Anna Holm", "Tirana", "2019-03-14", "happened"),
            ("Anna Holm", "Oslo", "2019-03-17", "happened"),
        ],
    ),
    "two who go on their tour": (
        "en",
        "1928-09-08",
        "The Prince of Monaco and his brother, the Duke of Parma, set out today on their tour of "
        "Africa. They will travel for weeks, visiting Kenya, Uganda and Tanganyika.",
        [
            ("Prince of Monaco", "Kenya", "1928-09-08", "planned"),
            ("Duke of Parma", "Kenya", "1928-09-08", "planned"),
            ("Prince of Monaco", "Uganda", "1928-09-08/..", "planned"),
            ("Duke of Parma", "Uganda", "1928-09-08/..", "planned"),
            ("Prince of Monaco", "Tanzania", "1928-09-08/..", "planned"),
            ("Duke of Parma", "Tanzania", "1928-09-08/..", "planned"),
        ],
    ),
    "countries behind the names of two": (
        "en",
        "2020-02-08",
        "President Anna Holm of Djibouti and President Ivo Tadić of Zimbabwe arrived in Addis "
        "Ababa yesterday.",
        [
            ("Anna Holm", "Addis Ababa", "2020-02-07", "ongoing"),
            ("Ivo Tadić", "Addis Ababa", "2020-02-07", "ongoing"),
        ],
    ),
    "the countries of a tour, told behind it": (
        "fr",
        "2007-01-30",
        "Le président danois Ivo Holm a quitté Oslo pour une visite d'Etat dans trois pays "
        "africains du 30 janvier au 10 février. Les trois nations africaines sont le Cameroun, le "
        "Soudan et les Seychelles. Les pays membres sont la France et l'Italie.",
        [
            ("Ivo Holm", "Cameroun", "2007-01-30/2007-02-10", "planned"),
            ("Ivo Holm", "Soudan", "2007-01-30/2007-02-10", "planned"),
            ("Ivo Holm", "Seychelles", "2007-01-30/2007-02-10", "planned"),
        ],
    ),
    "a place in front of a short sentence": (
        "en",
        "2017-01-06",
        "Danish Premier Anna Holm went to Oslo on Thursday. At Bergen she waved.",
        [("Anna Holm", "Oslo", "2017-01-05", "happened"), ("Anna Holm", "Bergen", "", "happened")],
    ),
    "the other countries to be visited": (
        "en",
        "2017-01-06",
        "Danish Premier Anna Holm will visit Zambia on Monday. The other countries to be visited "
        "are Tanzania and Madagascar.",
        [
            ("Anna Holm", "Zambia", "2017-01-09", "planned"),
            ("Anna Holm", "Tanzania", "", "planned"),
            ("Anna Holm", "Madagascar", "", "planned"),
        ],
    ),
    "a list of guests, one to a line": (
        "en",
        "2025-09-07",
        "HONIARA, 7 September 2025 – Leaders continued to arrive in Honiara today.\n\n"
        "Those who arrived this morning included;\n\n- Hon. Ivo Tadić, Prime Minister of Fiji\n\n"
        "-\n\nH.E. Anna Holm, President of Kiribati\n\nThe meeting opens on Monday.",
        [
            ("Ivo Tadić", "Honiara", "2025-09-07", "happened"),
            ("Anna Holm", "Honiara", "2025-09-07", "happened"),
        ],
    ),
    "a list under a summit": (
        "fr",
        "2024-04-07",
        "Le sommet s'ouvre lundi à Abidjan. Y prendront part :\n- Anna Holm, présidente du "
        "Danemark ;\n- Ivo Tadić, Premier ministre de Croatie.\n",
        [
            ("Anna Holm", "Abidjan", "2024-04-08", "planned"),
            ("Ivo Tadić", "Abidjan", "2024-04-08", "planned"),
        ],
    ),
    "among those who arrived, others, and who also came": (
        "en",
        "2020-01-14",
        "British Prime Minister Anna Holm and Prince Ivo were among those who arrived in Muscat on "
        "Sunday. Other leaders included Kuwait's emir, Sheikh Sabah Al Rashid. Bahrain's King "
        "Hamad bin Yusuf also visited.",
        [
            (who, "Muscat", "2020-01-12", "happened")
            for who in ("Anna Holm", "Ivo", "Sabah Al Rashid", "Hamad bin Yusuf")
        ],
    ),
    "those between whom a conference was held": (
        "fr",
        "1954-01-01",
        "La conférence qui s'est tenue aux Bermudes du 4 au 8 décembre à l'initiative de M. Holm, "
        "entre le président Tadić et M. Veles, est close.",
        [
            ("Tadić", "Bermudes", "1953-12-04", "happened"),
            ("Veles", "Bermudes", "1953-12-04", "happened"),
        ],
    ),
    "stops told before and after the one with a day": (
        "fr",
        "2012-10-10",
        "Et après Khartoum et Damas, et avant Amman, le ministre Ivo Tadić fera escale lundi à "
        "Beyrouth.",
        [
            ("Ivo Tadić", "Khartoum", "", "planned"),
            ("Ivo Tadić", "Damas", "", "planned"),
            ("Ivo Tadić", "Beyrouth", "2012-10-15", "planned"),
            ("Ivo Tadić", "Amman", "", "planned"),
        ],
    ),
    "one goes in order to take part, another takes part": (
        "fr",
        "2012-10-10",
        "La présidente danoise Anna Holm se rendra à Vientiane du 4 au 6 novembre pour participer "
        "au sommet. Le ministre Ivo Tadić prendra également part à ce sommet.",
        [
            ("Anna Holm", "Vientiane", "2012-11-04", "planned"),
            ("Ivo Tadić", "Vientiane", "2012-11-04", "planned"),
        ],
    ),
    "a tour goes on behind an aside": (
        "fr",
        "1964-07-27",
        "Ivo Tadić a commencé sa tournée par l'Égypte, mise au ban par l'Europe pour avoir "
        "nationalisé le canal, puis la Guinée et le Mali.",
        [("Ivo Tadić", place, "", "happened") for place in ("Égypte", "Guinée", "Mali")],
    ),
    "under way": (
        "fr",
        "2022-07-27",
        "L'envoyé spécial des États-Unis, Mike Hammer, est en route pour l'Éthiopie.",
        [("Mike Hammer", "Éthiopie", "", "ongoing")],
    ),
    "a line of a chronicle opens with its noun": (
        "fr",
        "1963-01-28",
        "21-23 janvier : Voyage officiel en France du chancelier Holm.",
        [("Holm", "France", "1963-01-21", "happened")],
    ),
    "a place receives a visit": (
        "en",
        "2007-05-14",
        "Kenya received a visit from President Anna Holm on Monday.",
        [("Anna Holm", "Kenya", "2007-05-14", "happened")],
    ),
    "whom somebody had received": (
        "fr",
        "1997-09-25",
        "Ivo Tadić est l'ami d'Anna Holm, qu'il avait reçue à la mairie de Paris en juin 1991.",
        [("Anna Holm", "Paris", "1991-06", "happened")],
    ),
    "a trip called off by force": (
        "en",
        "1996-04-25",
        "Secretary Anna Holm was forced to cancel plans to visit Beirut.",
        [("Anna Holm", "Beirut", "", "cancelled")],
    ),
    "who called on somebody to act did not go": (
        "en",
        "1996-04-25",
        "Ivo Tadić called on Israel to stop the destruction of homes in Gaza.",
        [],
    ),
    "a plan behind what was said": (
        "en",
        "2009-10-11",
        "Ivo Tadić said that he planned to visit Rome. Anna Holm said that she looked forward to "
        "visiting Oslo.",
        [("Ivo Tadić", "Rome", "", "planned")],
    ),
    "received the day after the arrival": (
        "en",
        "2006-12-07",
        "President Ivo Tadić arrived in Lima on Wednesday. President Tadić was received today by "
        "President Ana Ruiz in Lima.",
        [("Ivo Tadić", "Lima", "2006-12-06", "ongoing")],
    ),
    "somebody else stands between two places": (
        "fr",
        "2022-07-26",
        "Le président Ivo Tadić se rendra au Bénin et l'envoyée spéciale Anna Holm est en route "
        "pour l'Égypte.",
        [("Ivo Tadić", "Bénin", "", "planned"), ("Anna Holm", "Égypte", "", "planned")],
    ),
    "told of talks elsewhere": (
        "en",
        "2007-08-08",
        "Ivo Tadić met the adviser Nafie Omar on Tuesday to brief him on the talks in Arusha.",
        [],
    ),
    "a general word for the one just told of": (
        "fr",
        "2022-07-26",
        "Le ministre russe Ivo Tadić est arrivé lundi à Kampala. Après l'Égypte, le diplomate "
        "russe visitera l'Éthiopie.",
        [
            ("Ivo Tadić", "Kampala", "2022-07-25", "ongoing"),
            ("Ivo Tadić", "Égypte", "", "planned"),
            ("Ivo Tadić", "Éthiopie", "", "planned"),
        ],
    ),
    "initials and ships are nobody": (
        "en",
        "1963-05-05",
        "HMNZS Hawea arrived in Wellington on Friday. N. Z. P. A. flew to Jeddah.",
        [],
    ),
    "a chronicle under its year": (
        "fr",
        "",
        "1963\n\n14 janvier : Conférence de presse du général Holm.\n\n21-23 janvier : Voyage "
        "officiel en France du chancelier Tadić.\n\n7 février : Visite à Rome du chancelier Tadić.",
        [
            ("Tadić", "France", "1963-01-21", "happened"),
            ("Tadić", "Rome", "1963-02-07", "happened"),
        ],
    ),
    "history in the present, of this month": (
        "fr",
        "1989-12-22",
        "Le 6, le président Ivo Tadić fait une brève visite à Kiev.",
        [("Ivo Tadić", "Kyiv", "1989-12-06", "happened")],
    ),
    "an airport by the name of whom it is named for": (
        "fr",
        "2013-01-19",
        "Le président ivoirien Ivo Tadić a accueilli vendredi à l'aéroport Félix Houphouët-Boigny "
        "le président togolais Yao Adjovi. À sa suite, Ivo Tadić a accueilli Anna Holm, présidente "
        "du Danemark.",
        [
            ("Yao Adjovi", "Port Bouet Airport", "2013-01-18", "happened"),
            ("Anna Holm", "Port Bouet Airport", "2013-01-18", "happened"),
        ],
    ),
    "a plural, and its names behind a colon": (
        "en",
        "2023-05-05",
        "Three leaders have visited Kyiv: Anna Holm on Monday, Ivo Tadić on Tuesday and Ana Ruiz "
        "in March.",
        [
            ("Anna Holm", "Kyiv", "2023-05-01", "happened"),
            ("Ivo Tadić", "Kyiv", "2023-05-02", "happened"),
            ("Ana Ruiz", "Kyiv", "2023-03", "happened"),
        ],
    ),
    "after two days elsewhere": (
        "en",
        "1986-02-04",
        "Premier Ivo Tadić arrived in Khartoum on Monday after two days in Djibouti.",
        [
            ("Ivo Tadić", "Khartoum", "1986-02-03", "ongoing"),
            ("Ivo Tadić", "Djibouti", "", "happened"),
        ],
    ),
    "the host goes on": (
        "en",
        "2023-05-05",
        "Premier Anna Holm received Ivo Tadić in Oslo, then flew to Rome.",
        [("Ivo Tadić", "Oslo", "", "happened"), ("Anna Holm", "Rome", "", "happened")],
    ),
    "leaders met here, and two came in person": (
        "en",
        "2009-12-04",
        "SAN JOSE, Costa Rica - Leaders of six Central American countries met here on Wednesday "
        "for a coffee summit. Honduran President Ivo Tadić and El Salvador's Ana Ruiz came in "
        "person.",
        [
            ("Ivo Tadić", "San José", "2009-12-02", "happened"),
            ("Ana Ruiz", "San José", "2009-12-02", "happened"),
        ],
    ),
    "by train": (
        "en",
        "2023-05-05",
        "Premier Anna Holm took the train to Gdańsk on Tuesday. The train to Warsaw was late.",
        [("Anna Holm", "Gdańsk", "2023-05-02", "happened")],
    ),
    "a crowd goes where it is named": (
        "fr",
        "2007-10-22",
        "Plusieurs chefs d'État africains sont attendus à Paris. Le président Ivo Tadić est "
        "attendu à Paris le 19 novembre.",
        [("Ivo Tadić", "Paris", "2007-11-19", "planned")],
    ),
    "a lost space": (
        "en",
        "2006-07-05",
        "Anna Holm will confer with officials.While in Oslo, she will meet the mayor. Anna Holm "
        "will go to Rome.",
        [("Anna Holm", "Rome", "", "planned"), ("Anna Holm", "Oslo", "", "planned")],
    ),
    "the third leader to arrive": (
        "en",
        "2015-02-18",
        "Emir Yusuf Thani paid a state visit to Saudi Arabia on Tuesday, the third Gulf leader to "
        "do so and to see its king.",
        [("Yusuf Thani", "Saudi Arabia", "2015-02-17", "happened")],
    ),
    "the first ones to set foot": (
        "fr",
        "2013-01-19",
        "Ernest Koroma, président de la Sierra Leone, et Ivo Tadić, président du Tchad, ont été "
        "les premiers à fouler le sol ivoirien.",
        [
            ("Ernest Koroma", "Côte d’Ivoire", "", "happened"),
            ("Ivo Tadić", "Côte d’Ivoire", "", "happened"),
        ],
    ),
    "a tour of its kind, and goods": (
        "fr",
        "2002-04-30",
        "Anna Holm effectuera aujourd'hui un déplacement de campagne à Toulouse. Le maire a "
        "salué l'arrivée de matériel à Kaboul.",
        [("Anna Holm", "Toulouse", "2002-04-30", "planned")],
    ),
    "a place of a coast, and a sight": (
        "en",
        "2016-12-19",
        "Sheikh Yusuf bin Omar al-Rashidi flew to Turkey on Sunday. While there, Sheikh Yusuf "
        "toured Trabzon's bazaar and met ministers in the Black Sea city of Rize.",
        [
            ("Yusuf bin Omar al-Rashidi", "Türkiye", "2016-12-18", "happened"),
            ("Yusuf bin Omar al-Rashidi", "Trabzon", "2016-12-18/..", "happened"),
            ("Yusuf bin Omar al-Rashidi", "Rize", "2016-12-18/..", "happened"),
        ],
    ),
    "an envoy of somebody, and who speaks for him": (
        "en",
        "2007-07-17",
        "Jan Eliasson, Secretary-General Ivo Tadić's Special Envoy, will meet officials in "
        "Khartoum on Monday, spokesperson Marie Holm said in New York.",
        [("Jan Eliasson", "Khartoum", "2007-07-23", "planned")],
    ),
    "who was met by somebody, who attended": (
        "en",
        "1999-06-17",
        "The Lusaka summit on 26 June will be attended by Ivo Tadić and Anna Holm. Ana Ruiz stayed "
        "away.",
        [
            ("Ivo Tadić", "Lusaka", "1999-06-26", "planned"),
            ("Anna Holm", "Lusaka", "1999-06-26", "planned"),
            ("Ana Ruiz", "Lusaka", "1999-06-26", "cancelled"),
        ],
    ),
    "flowers for those killed elsewhere": (
        "fr",
        "2022-09-18",
        "Anna Holm a déposé dimanche des fleurs à Erevan pour les victimes tuées en Turquie.",
        [("Anna Holm", "Erevan", "2022-09-18", "happened")],
    ),
    "a day told of the country alone": (
        "en",
        "1964-05-15",
        "Premier Ivo Tadić arrived in Egypt on 4 May. He visited Alexandria.",
        [
            ("Ivo Tadić", "Egypt", "1964-05-04", "happened"),
            ("Ivo Tadić", "Alexandria", "1964-05-04/..", "happened"),
        ],
    ),
    "somebody's stay told with a short verb": (
        "en",
        "2012-03-07",
        "Anna Holm will address the council. She's in Rome on Monday.",
        [("Anna Holm", "Rome", "2012-03-05", "ongoing")],
    ),
    "a summit and who represents a country there, in one sentence": (
        "fr",
        "2014-12-15",
        "Le sommet de Nairobi, où le Danemark est représenté par la ministre Anna Holm, s'achève "
        "jeudi.",
        [("Anna Holm", "Nairobi", "2014-12-11", "happened")],
    ),
    "the presidents of two countries are those named before": (
        "en",
        "1988-07-12",
        "Danish President Ivo Tadić was ill. Ghanaian President Anna Holm came. The Danish and "
        "Ghanaian presidents met in Geneva on Monday.",
        [
            ("Ivo Tadić", "Geneva", "1988-07-11", "happened"),
            ("Anna Holm", "Geneva", "1988-07-11", "happened"),
        ],
    ),
    "ministers of two countries nobody names": (
        "en",
        "1988-07-12",
        "The Danish and Serbian foreign ministers arrived in Oslo on Monday.",
        [
            ("Danish foreign minister", "Oslo", "1988-07-11", "ongoing"),
            ("Serbian foreign minister", "Oslo", "1988-07-11", "ongoing"),
        ],
    ),
    "an event that a town gives its name to": (
        "en",
        "2017-02-20",
        "Anna Holm told delegates at the Tallinn Security Conference on Sunday that she was glad. "
        "Ivo Tadić left on Friday for the Dakar peace forum. Kofi Mensah discussed the Nairobi "
        "climate summit on Sunday.",
        [
            ("Anna Holm", "Tallinn", "2017-02-19", "happened"),
            ("Ivo Tadić", "Dakar", "2017-02-17", "happened"),
        ],
    ),
    "on the sidelines of such an event": (
        "en",
        "2017-02-20",
        "On the sidelines of the Tallinn Security Conference, Danish minister Anna Holm met her "
        "Kenyan counterpart.",
        [
            ("Anna Holm", "Tallinn", "", "happened"),
            ("Kenyan counterpart", "Tallinn", "", "happened"),
        ],
    ),
    "where somebody had been before": (
        "en",
        "2007-07-17",
        "The envoy Anna Holm arrived on Monday in Khartoum from Tripoli, where she had met "
        "traders, and goes on to Rome, where she lived as a child.",
        [
            ("Anna Holm", "Khartoum", "2007-07-16", "ongoing"),
            ("Anna Holm", "Tripoli", "", "happened"),
            ("Anna Holm", "Rome", "2007-07-16", "ongoing"),
        ],
    ),
    "headlines' verbs, first visits, delegations led, and ways between two towns": (
        "en",
        "2021-06-16",
        "Danish Foreign Minister Anna Holm heads to Nairobi next week. Serbian Foreign Minister "
        "Ivo Tadić became on Tuesday the first Serbian minister to visit Accra in ten years. "
        "Ghanaian Trade Minister Kofi Mensah led a large delegation to Lisbon in May. Swiss "
        "Minister Lea Frei shuttled between Cairo and Amman on Tuesday.",
        [
            ("Anna Holm", "Nairobi", "2021-06-21/2021-06-27", "planned"),
            ("Ivo Tadić", "Accra", "2021-06-15", "happened"),
            ("Kofi Mensah", "Lisbon", "2021-05", "happened"),
            ("Lea Frei", "Cairo", "2021-06-15", "happened"),
            ("Lea Frei", "Amman", "2021-06-15", "happened"),
        ],
    ),
    "invited, or somebody else sent: no visit": (
        "en",
        "2021-06-16",
        "Danish Foreign Minister Anna Holm was invited to Nairobi on Tuesday. President Joseph "
        "Otieno invited Ivo Tadić to Nairobi on Tuesday. Kofi Mensah sent a delegation to Lisbon.",
        [],
    ),
    "boycotted, called off": (
        "en",
        "2021-06-16",
        "Anna Holm boycotted the summit in Nairobi. Ivo Tadić's trip to Rome has been called off.",
        [("Anna Holm", "Nairobi", "", "cancelled"), ("Ivo Tadić", "Rome", "", "cancelled")],
    ),
    "boudé, et devenue la première à s'y rendre": (
        "fr",
        "2021-06-16",
        "Le ministre serbe Ivo Tadić a boudé le sommet de Nairobi. La ministre danoise Anna Holm "
        "est devenue mardi la première ministre danoise à se rendre à Lisbonne.",
        [
            ("Ivo Tadić", "Nairobi", "", "cancelled"),
            ("Anna Holm", "Lisbonne", "2021-06-15", "happened"),
        ],
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_tells_its_visits_and_no_others(name: str) -> None:
    """Who, where to, when and how sure: exactly what the report says."""
    assert told(REPORTS[name]) == set(REPORTS[name][3])
