"""How dispatches word visits: what stands between a verb and its place, and whose a name is.

People and journeys are invented, the sentences written for these tests; the faults they guard
against were seen on news reports and on sentences made up to try the rules.
"""

import pytest
from reports import told

DISPATCHES = {
    "la part que prend quelqu'un n'est pas son départ": (
        "fr",
        "2020-02-10",
        "Le ministre danois Ivo Tadić prendra part, dimanche prochain à Munich, à une réunion "
        "de suivi.",
        [
            ("Ivo Tadić", "Munich", "2020-02-16", "planned"),
        ],
    ),
    "le subjonctif a aussi son sujet": (
        "fr",
        "2005-11-29",
        "Des proches démentent que le président danois Ivo Tadić se soit rendu à Libourne la "
        "semaine dernière.",
        [
            ("Ivo Tadić", "Libourne", "2005-11-21/2005-11-27", "denied"),
        ],
    ),
    "la négation du verbe n'écarte pas le lieu": (
        "fr",
        "2018-03-19",
        "Le pape Anselme n'ira pas à Juba cette année, a tranché un porte-parole.",
        [
            ("Anselme", "Juba", "2018", "cancelled"),
        ],
    ),
    "l'infinitif passé est de qui suit": (
        "fr",
        "2012-07-09",
        "Après s'être entretenu à Damas avec ses hôtes, l'émissaire danois Ivo Tadić s'est "
        "rendu à Téhéran.",
        [
            ("Ivo Tadić", "Damas", "", "happened"),
            ("Ivo Tadić", "Téhéran", "", "happened"),
        ],
    ),
    "un participe derrière un nom dit ce que fait celui-ci": (
        "fr",
        "2006-11-03",
        "La meilleure place était pour Ivo Tadić, débarqué mercredi à Pékin avec deux cents "
        "personnes.",
        [
            ("Ivo Tadić", "Pékin", "2006-11-01", "happened"),
        ],
    ),
    "depuis une investiture ailleurs": (
        "fr",
        "2012-12-19",
        "Le président danois Ivo Tadić est arrivé mercredi en Algérie, son premier voyage "
        "depuis son investiture à Copenhague.",
        [
            ("Ivo Tadić", "Algérie", "2012-12-19", "ongoing"),
        ],
    ),
    "un pays et sa ville entre parenthèses": (
        "fr",
        "2016-01-21",
        "Une mission mènera la ministre danoise Anna Holm en Belgique (Bruxelles) et en Suisse "
        "(Genève).",
        [
            ("mission", "Bruxelles", "", "planned"),
            ("Anna Holm", "Bruxelles", "", "planned"),
            ("mission", "Genève", "", "planned"),
            ("Anna Holm", "Genève", "", "planned"),
        ],
    ),
    "un journal n'est pas président": (
        "fr",
        "2018-08-28",
        "Selon Libération, le président de la République se rendra à Pékin ce vendredi.",
        [
            ("président de la République", "Pékin", "2018-08-31", "planned"),
        ],
    ),
    "des agences basées ailleurs": (
        "fr",
        "2004-07-01",
        "La ministre danoise Anna Holm a rencontré à Nairobi les responsables des agences "
        "basées à Khartoum.",
        [
            ("Anna Holm", "Nairobi", "", "happened"),
        ],
    ),
    "un sommet porte le nom de ses participants": (
        "fr",
        "2021-02-03",
        "Le président danois Ivo Tadić se rendra lundi à Accra pour le sommet ordinaire des "
        "chefs d'État et de gouvernement.",
        [
            ("Ivo Tadić", "Accra", "2021-02-08", "planned"),
        ],
    ),
    "on se pose, on atteint, on file": (
        "fr",
        "2021-01-06",
        "L'émir Tamim s'est posé mardi à Riyad. La ministre danoise Anna Holm a atteint Kiev "
        "lundi, et Ivo Tadić a filé vers Minsk mardi.",
        [
            ("Tamim", "Riyad", "2021-01-05", "ongoing"),
            ("Anna Holm", "Kyiv", "2021-01-04", "happened"),
            ("Ivo Tadić", "Minsk", "2021-01-05", "happened"),
        ],
    ),
    "who visits stands behind the opening": (
        "en",
        "2014-07-15",
        "Visiting Minsk, Danish Prime Minister Anna Holm said that talks would go on.",
        [
            ("Anna Holm", "Minsk", "", "happened"),
        ],
    ),
    "a verb behind a day": (
        "en",
        "2014-07-15",
        "Danish Prime Minister Anna Holm will on Monday visit Minsk.",
        [
            ("Anna Holm", "Minsk", "2014-07-21", "planned"),
        ],
    ),
    "no official goes": (
        "en",
        "2014-10-08",
        "No minister from Bogotá will travel to Havana, and neither official flew to Lima.",
        [],
    ),
    "the first leaders to go there are those named": (
        "en",
        "2022-03-15",
        "Danish prime minister Anna Holm and Swedish prime minister Ivo Tadić have set off for "
        "Kyiv, the first foreign leaders to go there since the spring.",
        [
            ("Anna Holm", "Kyiv", "", "happened"),
            ("Ivo Tadić", "Kyiv", "", "happened"),
        ],
    ),
    "who was sent went": (
        "en",
        "2011-08-09",
        "Danish Foreign Minister Anna Holm was dispatched to Damascus on Tuesday. Letters were "
        "sent to Tehran, and Sweden has sent a note to Rome.",
        [
            ("Anna Holm", "Damascus", "2011-08-09", "happened"),
        ],
    ),
    "a journey that goes on": (
        "en",
        "2018-05-25",
        "Anna Holm will travel to Tallinn on Sunday. On Monday afternoon she continues to "
        "Helsinki.",
        [
            ("Anna Holm", "Tallinn", "2018-05-27", "planned"),
            ("Anna Holm", "Helsinki", "2018-05-28", "planned"),
        ],
    ),
    "a spokesman does not own the trip": (
        "en",
        "1992-01-28",
        "President Ivo Tadić is in good health, said the spokesman, Pavel Lind. His trip to "
        "Cuba this week is still on.",
        [
            ("Ivo Tadić", "Cuba", "1992-01-27/1992-02-02", "happened"),
        ],
    ),
    "words of a headline name nobody": (
        "en",
        "1988-10-23",
        "Arabs Hold Meeting In Jordan",
        [],
    ),
    "a month that is also a verb, and the last day of a stay": (
        "en",
        "2014-05-11",
        "NAIROBI, May 11 (XYZ) -- Danish Premier Anna Holm wrapped up her visit to Kenya on "
        "Sunday.",
        [
            ("Anna Holm", "Kenya", "", "happened"),
        ],
    ),
    "where talks are held": (
        "en",
        "2022-02-18",
        "The Swedish minister Ivo Tadić is in Munich, where he will have a meeting with Danish "
        "Foreign Minister Anna Holm and Norwegian President Ole Lind.",
        [
            ("Ivo Tadić", "Munich", "", "ongoing"),
            ("Anna Holm", "Munich", "", "planned"),
            ("Ole Lind", "Munich", "", "planned"),
        ],
    ),
    "a visit that was made": (
        "en",
        "2023-12-05",
        "Danish president Ivo Tadić made an unannounced trip to Lethem this weekend.",
        [
            ("Ivo Tadić", "Lethem", "2023-12-02/2023-12-03", "happened"),
        ],
    ),
    "an airport nobody knows lies in its town": (
        "en",
        "1978-04-01",
        "President Ivo Tadić arrived at Morrtala airport, Lagos, after a long flight.",
        [
            ("Ivo Tadić", "Lagos", "", "happened"),
        ],
    ),
    "X of a country met another at a third's": (
        "en",
        "1988-10-23",
        "President Ivo Tadić of Denmark met with King Hussein of Jordan on Saturday in Aqaba.",
        [
            ("Ivo Tadić", "Aqaba", "1988-10-22", "happened"),
        ],
    ),
    "a body's name is nobody's": (
        "en",
        "1934-05-02",
        "A delegation of the Danish National Workers Alliance departed for Poland yesterday. A "
        "party headed by Vice Chairman of the Standing Committee Sang Guowei will travel to "
        "Uganda.",
        [
            (
                "delegation of the Danish National Workers Alliance",
                "Poland",
                "1934-05-01",
                "happened",
            ),
            ("Sang Guowei", "Uganda", "", "planned"),
        ],
    ),
    "les deux dont on vient de parler": (
        "fr",
        "2020-11-03",
        "Le président nigérien Ivo Tadić et le président malien Ole Lind sont arrivés lundi à "
        "Ouagadougou. Le Premier ministre burkinabè a accueilli les deux présidents à "
        "l'aéroport de Ouagadougou.",
        [
            ("Ivo Tadić", "Ouagadougou", "2020-11-02", "ongoing"),
            ("Ole Lind", "Ouagadougou", "2020-11-02", "ongoing"),
        ],
    ),
    "both of whom were told of": (
        "en",
        "1985-09-05",
        "King Hussein of Jordan will arrive in Cairo today to confer with President Ole Lind on"
        " a strategy when both leaders meet with President Veles in the United States later "
        "this month.",
        [
            ("Hussein", "Cairo", "1985-09-05", "planned"),
            ("Hussein", "United States", "1985-09", "planned"),
            ("Ole Lind", "United States", "1985-09", "planned"),
        ],
    ),
    "a trip that calls for stops": (
        "en",
        "1984-05-05",
        "Danish Foreign Minister Anna Holm will travel to the Soviet Union this summer. The "
        "trip, which also calls for stops in Bulgaria and Romania, was a sign.",
        [
            ("Anna Holm", "Russia", "1984-22", "planned"),
            ("Anna Holm", "Bulgaria", "", "planned"),
            ("Anna Holm", "Romania", "", "planned"),
        ],
    ),
    "what a tour takes in": (
        "en",
        "1984-05-05",
        "Danish Foreign Minister Anna Holm will visit Asia next week. Her tour will take in "
        "Hanoi, Jakarta and Manila. A fee will include breakfast in Rome.",
        [
            ("Anna Holm", "Hanoi", "", "planned"),
            ("Anna Holm", "Jakarta", "", "planned"),
            ("Anna Holm", "Manila", "", "planned"),
        ],
    ),
    "what a tour will include": (
        "en",
        "1984-05-05",
        "Danish Foreign Minister Anna Holm begins a tour on Monday that will also include Hanoi"
        " and Jakarta.",
        [
            ("Anna Holm", "Hanoi", "1984-05-07", "planned"),
            ("Anna Holm", "Jakarta", "1984-05-07", "planned"),
        ],
    ),
    "suivi de près": (
        "fr",
        "2021-04-23",
        "Ivo Tadić a atterri à N'Djamena jeudi soir, suivi de près par la ministre danoise Anna"
        " Holm.",
        [
            ("Ivo Tadić", "N’Djamena", "2021-04-22", "ongoing"),
            ("Anna Holm", "N’Djamena", "", "happened"),
        ],
    ),
    "reçu dans un lieu que nul ne connaît": (
        "fr",
        "2021-07-02",
        "La chancelière a reçu à Meseberg, mercredi soir, le premier ministre slovène Ivo Tadić.",
        [
            ("Ivo Tadić", "Meseberg", "2021-06-30", "happened"),
        ],
    ),
    "étapes d'un voyage déjà dit, en tête de phrase": (
        "fr",
        "2017-01-13",
        "Ivo Tadić se rendra en Irak et au Koweït du 14 au 16 janvier. À Bagdad puis à Erbil, "
        "il réaffirmera son soutien.",
        [
            ("Ivo Tadić", "Irak", "2017-01-14", "planned"),
            ("Ivo Tadić", "Koweït", "2017-01-14/2017-01-16", "planned"),
            ("Ivo Tadić", "Bagdad", "2017-01-14/..", "planned"),
            ("Ivo Tadić", "Erbil", "2017-01-14/..", "planned"),
        ],
    ),
    "le jour de la dernière étape": (
        "fr",
        "2015-09-15",
        "Le pape Anselme entame un voyage qui le mènera à Holguín et Santiago de Cuba, puis, à "
        "partir du 22 septembre, aux États-Unis.",
        [
            ("Anselme", "Holguín", "", "planned"),
            ("Anselme", "Santiago de Cuba", "", "planned"),
            ("Anselme", "États-Unis", "2015-09-22", "planned"),
        ],
    ),
    "ne … que": (
        "fr",
        "2010-02-18",
        "Ivo Tadić n'a passé que quatre heures à Port-au-Prince, mercredi.",
        [
            ("Ivo Tadić", "Port-au-Prince", "2010-02-17", "happened"),
        ],
    ),
    "ce qu'on n'a pu faire": (
        "fr",
        "1997-04-14",
        "Le pape Anselme effectue une visite à Sarajevo, où il n'avait pu se rendre en "
        "septembre 1994.",
        [
            ("Anselme", "Sarajevo", "", "ongoing"),
            ("Anselme", "Sarajevo", "1994-09", "cancelled"),
        ],
    ),
    "un lieu inconnu de deux mots": (
        "fr",
        "2016-11-04",
        "La ministre danoise Anna Holm se rendra à Baga Sola, sur les bords du lac, puis à Maroua.",
        [
            ("Anna Holm", "Baga Sola", "", "planned"),
            ("Anna Holm", "Maroua", "", "planned"),
        ],
    ),
    "un nom arabe sans prénom connu": (
        "fr",
        "2017-07-27",
        "Fayez al-Sarraj et le maréchal Ivo Tadić se sont vus mardi à La Celle-Saint-Cloud.",
        [
            ("Fayez al-Sarraj", "La Celle-Saint-Cloud", "2017-07-25", "happened"),
            ("Ivo Tadić", "La Celle-Saint-Cloud", "2017-07-25", "happened"),
        ],
    ),
    "de quoi l'on parle, en liste": (
        "fr",
        "2022-02-03",
        "Le président ivoirien Ivo Tadić prendra part à Accra à un sommet sur la situation au "
        "Burkina Faso, au Mali et en Guinée.",
        [
            ("Ivo Tadić", "Accra", "", "planned"),
        ],
    ),
    "un site qui porte le nom d'un pays": (
        "fr",
        "2018-05-03",
        "Le premier ministre canadien Ivo Tadić l'avait dit l'année dernière, lors de sa visite"
        " au Mémorial national du Canada à Vimy.",
        [
            ("Ivo Tadić", "Vimy", "", "happened"),
        ],
    ),
    "un forum qui porte le nom d'un continent": (
        "fr",
        "2018-07-03",
        "Le président togolais Ivo Tadić est à Lomé. Il va assister au Rebranding Africa Forum.",
        [],
    ),
    "le quai d'Orsay a un chef": (
        "fr",
        "1999-11-11",
        "M. Ivo Tadić, ministre français des Affaires étrangères, a parlé au président Lind. Le"
        " chef du Quai d'Orsay est attendu à Damas, puis au Caire.",
        [
            ("Ivo Tadić", "Damas", "", "planned"),
            ("Ivo Tadić", "Le Caire", "", "planned"),
        ],
    ),
    "une vedette voyage aussi": (
        "fr",
        "2008-09-12",
        "La star sénégalaise est arrivée à Kinshasa, jeudi 11 septembre.",
        [
            ("star sénégalaise", "Kinshasa", "2008-09-11", "ongoing"),
        ],
    ),
    "speaking at a university": (
        "en",
        "2009-06-05",
        "Ivo Tadić, speaking at Cairo University on Thursday, called for peace. He graduated "
        "from Oslo University.",
        [
            ("Ivo Tadić", "Cairo", "2009-06-04", "happened"),
        ],
    ),
    "not before Wednesday is on Wednesday": (
        "en",
        "2012-06-25",
        "Danish Minister Anna Holm is not expected in Brussels until Wednesday.",
        [
            ("Anna Holm", "Brussels", "", "planned"),
        ],
    ),
    "a holiday abroad": (
        "en",
        "2020-01-05",
        "The Danish prime minister cut short a holiday to Hawaii just before Christmas.",
        [
            ("Danish prime minister", "Hawaii", "", "happened"),
        ],
    ),
    "what continues to be done is no way": (
        "en",
        "2010-06-01",
        "Ivo Tadić asked why Danish minister Anna Holm continued to work in Iraq's interest and"
        " moved to amend the law.",
        [],
    ),
    "a guest who owns a thing is none": (
        "en",
        "2010-06-01",
        "Danish officials welcomed Tadić's appointment in Rome.",
        [],
    ),
    "visits over when somebody came back": (
        "en",
        "2018-07-30",
        "President Ivo Tadić returned to Belgrade on Sunday after state visits to Senegal, "
        "Rwanda and South Africa.",
        [
            ("Ivo Tadić", "Belgrade", "2018-07-29", "happened"),
            ("Ivo Tadić", "Senegal", "", "happened"),
            ("Ivo Tadić", "Rwanda", "", "happened"),
            ("Ivo Tadić", "South Africa", "", "happened"),
        ],
    ),
    "May last year": (
        "en",
        "1956-06-05",
        "Danish leaders went to Belgrade in May last year.",
        [
            ("Danish leaders", "Belgrade", "1955-05", "happened"),
        ],
    ),
    "mai de l'année dernière, et trois jours de suite": (
        "fr",
        "2016-11-04",
        "La ministre danoise Anna Holm, venue à Rome en mai de l'année dernière, se rendra à "
        "Oslo les 7, 8 et 9 novembre.",
        [
            ("Anna Holm", "Rome", "2015-05", "happened"),
            ("Anna Holm", "Oslo", "2016-11-07", "planned"),
        ],
    ),
    "a noun's day lies ahead rather than long ago": (
        "en",
        "2022-05-09",
        "The office has confirmed Danish Minister Anna Holm's visit to Congo in early July.",
        [
            ("Anna Holm", "Congo - Kinshasa", "2022-07", "planned"),
        ],
    ),
    "on the day on which the others came": (
        "en",
        "2020-01-12",
        "World leaders traveled Sunday to Oman to meet the new sultan. British Prime Minister "
        "Ivo Tadić was among those who arrived in Muscat. Other leaders included Danish "
        "Minister Anna Holm.",
        [
            ("World leaders", "Oman", "2020-01-12", "happened"),
            ("Ivo Tadić", "Muscat", "", "happened"),
            ("Anna Holm", "Muscat", "2020-01-12", "happened"),
        ],
    ),
    "les victimes d'un autre jour": (
        "fr",
        "2004-03-25",
        "Ivo Tadić et Anna Holm étaient hier à Madrid pour les obsèques des victimes du 11 mars.",
        [
            ("Ivo Tadić", "Madrid", "2004-03-24", "happened"),
            ("Anna Holm", "Madrid", "2004-03-24", "happened"),
        ],
    ),
    "what is said of a place in a quotation": (
        "en",
        "2022-01-20",
        "Anna Holm will meet with officials from Feb. 1 to Feb. 4 “to promote peace in Sudan,” "
        "a statement said.",
        [],
    ),
    "a typewriter's apostrophe": (
        "en",
        "1990-12-05",
        "There also was violence Monday in Chile, another stop on President Tadić`s trip, as "
        "bombs exploded.",
        [
            ("Tadić", "Chile", "1990-12-03", "happened"),
        ],
    ),
    "island nations are no nation": (
        "en",
        "2016-07-07",
        "Danish Prime Minister Anna Holm had earlier visited the island nations of Mauritius "
        "and Seychelles.",
        [
            ("Anna Holm", "Mauritius", "", "happened"),
            ("Anna Holm", "Seychelles", "", "happened"),
        ],
    ),
    "on the way": (
        "en",
        "2016-02-12",
        "The Danish premier is in Cuba, while Swedish premier Ivo Tadić is on his way to Mexico"
        " City.",
        [
            ("Danish premier", "Cuba", "", "ongoing"),
            ("Ivo Tadić", "Mexico City", "", "ongoing"),
        ],
    ),
    "who tells is not who travels": (
        "en",
        "1949-12-30",
        "The Danish minister, Ivo Tadić, left London yesterday, a diplomatic correspondent "
        "says. He travelled by train to Calais and then to Rome.",
        [
            ("Ivo Tadić", "Calais", "", "happened"),
            ("Ivo Tadić", "Rome", "", "happened"),
        ],
    ),
    "whom one expects somewhere": (
        "en",
        "2020-02-01",
        "Officials said that they expected the Russian president to attend a ceremony in "
        "Belgrade in October.",
        [
            ("Russian president", "Belgrade", "2020-10", "planned"),
        ],
    ),
    "a ship is nobody": (
        "en",
        "1925-08-20",
        "The British cruiser Curlew arrived at Buenos Aires on Monday.",
        [],
    ),
    "a visit in inverted commas": (
        "en",
        "1963-11-21",
        "President Ivo Tadić’s “private” visit to Texas became a tour.",
        [
            ("Ivo Tadić", "Texas", "", "happened"),
        ],
    ),
    "who left here for elsewhere": (
        "en",
        "2019-05-05",
        "CAIRO, May 5 (XYZ) -- Danish Foreign Minister Anna Holm left here for Kuwait on Sunday.",
        [
            ("Anna Holm", "Kuwait", "2019-05-05", "happened"),
        ],
    ),
    "dropped in, rests": (
        "en",
        "1956-12-10",
        "Danish premier Ivo Tadić last week dropped in to New Delhi. President Anna Holm, who "
        "is currently resting in Montevideo, met him.",
        [
            ("Ivo Tadić", "Delhi", "1956-12-03/1956-12-09", "happened"),
            ("Anna Holm", "Montevideo", "", "ongoing"),
        ],
    ),
    "a state house in its town": (
        "en",
        "2018-04-04",
        "Danish president Ivo Tadić paid a visit to State House, Nairobi in March 2018.",
        [
            ("Ivo Tadić", "Nairobi", "2018-03", "happened"),
        ],
    ),
    "entame, loin de son nom": (
        "fr",
        "1988-12-31",
        "Le 10 septembre, le pape Anselme entame, à Harare, capitale du Zimbabwe, son "
        "trente-neuvième voyage.",
        [
            ("Anselme", "Harare", "1988-09-10", "ongoing"),
        ],
    ),
    "un autre nom entre parenthèses, et ainsi que": (
        "fr",
        "1980-05-12",
        "Le pape Anselme s'était rendu au Kenya, en Haute-Volta (actuel Burkina Faso) et au "
        "Ghana. Le ministre Ivo Tadić se rendra samedi à Ouagadougou, ainsi qu'à Bamako.",
        [
            ("Anselme", "Kenya", "", "happened"),
            ("Anselme", "Burkina Faso", "", "happened"),
            ("Anselme", "Ghana", "", "happened"),
            ("Ivo Tadić", "Ouagadougou", "1980-05-17", "planned"),
            ("Ivo Tadić", "Bamako", "1980-05-17", "planned"),
        ],
    ),
    "le chef-lieu de sa province": (
        "fr",
        "2008-11-08",
        "Le ministre belge Ivo Tadić est arrivé samedi à Goma, chef-lieu de la province du "
        "Nord-Kivu.",
        [
            ("Ivo Tadić", "Goma", "2008-11-08", "ongoing"),
        ],
    ),
    "une invitation à effectuer une visite": (
        "fr",
        "2018-11-08",
        "Le ministre irakien a invité Ivo Tadić à effectuer une visite à Bagdad.",
        [],
    ),
    "à destination de, où": (
        "fr",
        "2020-07-23",
        "Le président nigérien Ivo Tadić a quitté Niamey jeudi à destination de Bamako où il "
        "conduit une délégation.",
        [
            ("Ivo Tadić", "Bamako", "2020-07-23", "happened"),
            ("délégation", "Bamako", "2020-07-23", "happened"),
        ],
    ),
    "envoyé pour un pays": (
        "fr",
        "2011-01-26",
        "Ivo Tadić se rendra à Addis-Abeba avec Ole Lind, son envoyé spécial pour le Darfour, "
        "pour un sommet.",
        [
            ("Ivo Tadić", "Addis-Abeba", "", "planned"),
        ],
    ),
    "deux portefeuilles, un ministre": (
        "fr",
        "2009-02-16",
        "Le ministre des Relations internationales et ministre responsable de la Francophonie, "
        "Ivo Tadić, se rendra mardi à Boston.",
        [
            ("Ivo Tadić", "Boston", "2009-02-17", "planned"),
        ],
    ),
    "a dateline with a colon": (
        "en",
        "2019-05-15",
        "ISLAMABAD: Danish Foreign Minister Anna Holm arrived here on Monday night on a two-day"
        " visit.",
        [
            ("Anna Holm", "Islamabad", "2019-05-13", "happened"),
        ],
    ),
    "their visit, of the two": (
        "en",
        "2019-05-15",
        "Danish King Ivo Tadić and Queen Anna Holm wrapped up their five-day visit to the "
        "Philippines.",
        [
            ("Ivo Tadić", "Philippines", "", "happened"),
            ("Anna Holm", "Philippines", "", "happened"),
        ],
    ),
    "effectue depuis mardi": (
        "fr",
        "2019-05-15",
        "Le ministre danois Ivo Tadić effectue depuis mardi une visite de solidarité au "
        "Mozambique.",
        [
            ("Ivo Tadić", "Mozambique", "2019-05-14", "ongoing"),
        ],
    ),
    "on a tour of a part of the world": (
        "en",
        "2019-05-15",
        "Mr Tadić, on a tour of the Middle East, told reporters in Amman that the deal was close.",
        [
            ("Tadić", "Amman", "", "happened"),
        ],
    ),
    "went ahead with it": (
        "en",
        "2015-11-15",
        "Danish prime minister Ivo Tadić went ahead with a scheduled visit to France today.",
        [
            ("Ivo Tadić", "France", "2015-11-15", "planned"),
        ],
    ),
    "and also visit": (
        "en",
        "2001-03-22",
        "President Ivo Tadić is expected to meet Anna Holm in Shanghai and also visit Beijing.",
        [
            ("Ivo Tadić", "Shanghai", "", "planned"),
            ("Ivo Tadić", "Beijing", "", "planned"),
        ],
    ),
    "did not mention his visit": (
        "en",
        "1985-05-01",
        "President Ivo Tadić did not mention his scheduled visit to Hamburg.",
        [
            ("Ivo Tadić", "Hamburg", "", "planned"),
        ],
    ),
    "bound for": (
        "en",
        "1989-02-16",
        "The Danish minister Anna Holm is bound for Rome.",
        [
            ("Anna Holm", "Rome", "", "planned"),
        ],
    ),
    "left for a session somewhere": (
        "en",
        "2018-07-30",
        "President Ivo Tadić has left Ghana for the 53rd Ordinary Session of the Authority of "
        "Heads of State and Government in Lome, Togo.",
        [
            ("Ivo Tadić", "Lomé", "", "happened"),
        ],
    ),
    "back from a trip": (
        "en",
        "1964-06-22",
        "President Ivo Tadić returned this afternoon from a three-day trip to Denmark.",
        [
            ("Ivo Tadić", "Denmark", "", "happened"),
        ],
    ),
    "before sailing, one day ahead": (
        "en",
        "1936-08-06",
        "Minister Ivo Tadić has a full programme to fulfil before sailing on August 15 for Oslo.",
        [
            ("Ivo Tadić", "Oslo", "1936-08-15", "planned"),
        ],
    ),
    "foot set": (
        "en",
        "1990-12-05",
        "In February 1972 Ivo Tadić became the first Danish president to set foot in China.",
        [
            ("Ivo Tadić", "China", "1972-02", "happened"),
        ],
    ),
    "the Shah and the Empress": (
        "en",
        "1977-11-15",
        "The Shah and Empress Farah arrived in Washington today for a state visit.",
        [
            ("Shah", "Washington", "1977-11-15", "ongoing"),
            ("Farah", "Washington", "1977-11-15", "ongoing"),
        ],
    ),
    "a meeting of ministers is hosted": (
        "en",
        "2019-05-15",
        "Baku hosts a trilateral meeting of the foreign ministers of Azerbaijan, Iran and "
        "Turkey on Wednesday.",
        [
            ("foreign minister of Iran", "Baku", "2019-05-15", "ongoing"),
            ("foreign minister of Turkey", "Baku", "2019-05-15", "ongoing"),
        ],
    ),
    "Li est Li Keqiang": (
        "fr",
        "2015-06-30",
        "Le Premier ministre chinois Li Keqiang est arrivé à Paris lundi. M. Li visitera "
        "Marseille.",
        [
            ("Li Keqiang", "Paris", "2015-06-29", "ongoing"),
            ("Li Keqiang", "Marseille", "", "planned"),
        ],
    ),
    "l'hôte n'est pas en visite chez lui": (
        "fr",
        "2021-05-12",
        "Le Premier ministre arménien Ole Lind a rencontré à Erevan le Premier ministre danois "
        "Ivo Tadić en visite en Arménie.",
        [
            ("Ivo Tadić", "Erevan", "", "happened"),
        ],
    ),
    "un palais et sa ville": (
        "fr",
        "2013-11-01",
        "Le roi d'Espagne a reçu vendredi au palais de la Zarzuela à Madrid le ministre danois "
        "Ivo Tadić.",
        [
            ("Ivo Tadić", "Madrid", "2013-11-01", "happened"),
        ],
    ),
    "à l'ambassade": (
        "fr",
        "2013-11-24",
        "Le roi Philippe, en visite à Pékin, a assisté à une réception à l'ambassade de Belgique.",
        [
            ("Philippe", "Pékin", "", "ongoing"),
        ],
    ),
    "la visite que quelqu'un doit faire": (
        "fr",
        "2011-02-06",
        "L'ambassadeur a évoqué la visite que le président grec Ivo Tadić doit effectuer la "
        "semaine prochaine au Liban.",
        [
            ("Ivo Tadić", "Liban", "2011-02-07/2011-02-13", "planned"),
        ],
    ),
    "afin de se rendre": (
        "fr",
        "2011-02-06",
        "La ministre danoise Anna Holm et ses proches ont repris l'avion le 29 décembre, afin "
        "de se rendre à Tozeur.",
        [
            ("Anna Holm", "Tozeur", "2010-12-29", "happened"),
        ],
    ),
    "lines broken at a column": (
        "en",
        "2006-04-12",
        "The special envoy and chief mediator for the peace talks, Ivo\n"
        "Tadić, met yesterday for several hours in Addis Ababa with\n"
        "Danish Vice President Anna Holm and other members of her\n"
        "party, a statement said.",
        [
            ("Ivo Tadić", "Addis Ababa", "2006-04-11", "happened"),
            ("Anna Holm", "Addis Ababa", "2006-04-11", "happened"),
        ],
    ),
    "lines that are items": (
        "en",
        "2006-04-12",
        "Danish Vice President Anna Holm went to Rome on Monday\n"
        "Swedish President Ivo Tadić went to Oslo on Tuesday\n"
        "Norwegian Minister Ole Lind went to Vienna on Monday\n"
        "Finnish Minister Ada Berg went to Berlin on Tuesday",
        [
            ("Anna Holm", "Rome", "2006-04-10", "happened"),
            ("Ivo Tadić", "Oslo", "2006-04-11", "happened"),
            ("Ole Lind", "Vienna", "2006-04-10", "happened"),
            ("Ada Berg", "Berlin", "2006-04-11", "happened"),
        ],
    ),
    "his arrival, not the host's": (
        "en",
        "1999-01-16",
        "Cuban leader Ole Lind greeted Venezuelan president Ivo Tadić on his arrival in Havana.",
        [
            ("Ivo Tadić", "Havana", "", "happened"),
        ],
    ),
    "one word that makes a visit": (
        "en",
        "2006-04-12",
        "Tadić made a brief stop in Rome on Monday.",
        [
            ("Tadić", "Rome", "2006-04-10", "happened"),
        ],
    ),
    "one word that holds talks": (
        "en",
        "2006-04-12",
        "Tadić held talks with ministers in Ankara on Monday.",
        [
            ("Tadić", "Ankara", "2006-04-10", "happened"),
        ],
    ),
    "one word that is on a trip": (
        "en",
        "2006-04-12",
        "Tadić is on a four-day trip to Hungary.",
        [
            ("Tadić", "Hungary", "", "ongoing"),
        ],
    ),
    "the plane of somebody": (
        "en",
        "2006-04-12",
        "The plane of Anna Holm landed in Rome on Monday.",
        [
            ("Anna Holm", "Rome", "2006-04-10", "happened"),
        ],
    ),
    "son avion s'est posé": (
        "fr",
        "2006-04-12",
        "L'avion de la Première ministre danoise s'est posé lundi à Vilnius.",
        [
            ("Première ministre danoise", "Vilnius", "2006-04-10", "happened"),
        ],
    ),
    "nous, dans la citation": (
        "fr",
        "2006-04-12",
        "« Nous avons eu un échange franc », a déclaré Anna Holm à l'issue d'un entretien à "
        "Rome avec son homologue.",
        [
            ("Anna Holm", "Rome", "", "happened"),
        ],
    ),
    "un nom derrière l'adjectif d'un complément": (
        "fr",
        "2006-04-12",
        "Le ministre de la Défense russe Tadić est arrivé lundi à Oslo. Le chef du parti "
        "vietnamien Nguyen Phu Lind est arrivé mardi à Vienne.",
        [
            ("Tadić", "Oslo", "2006-04-10", "happened"),
            ("Nguyen Phu Lind", "Vienne", "2006-04-11", "ongoing"),
        ],
    ),
    "no name before an office behind a comma": (
        "en",
        "2006-04-12",
        "After a stop in Ovrik, the Danish foreign minister flew on to Rome on Monday.",
        [
            ("Danish foreign minister", "Rome", "2006-04-10", "happened"),
        ],
    ),
    "what stands between an article and a town's noun": (
        "en",
        "2006-04-12",
        "President Anna Holm flew to the northern port city of Gulu on Monday. Foreign Minister"
        " Ole Lind met the king at the seaside resort of Aqaba on Tuesday. Prime Minister Ivo "
        "Tadić visited the ancient Silk Road city of Samarkand.",
        [
            ("Anna Holm", "Gulu", "2006-04-10", "happened"),
            ("Ole Lind", "Aqaba", "2006-04-11", "happened"),
            ("Ivo Tadić", "Samarkand", "", "happened"),
        ],
    ),
    "a town told behind a comma": (
        "en",
        "2006-04-12",
        "President Anna Holm visited the country's second largest city, Mandalay, on Monday. "
        "Prime Minister Ivo Tadić visited the commercial capital, Karachi, on Tuesday.",
        [
            ("Anna Holm", "Mandalay", "2006-04-10", "happened"),
            ("Ivo Tadić", "Karachi", "2006-04-11", "happened"),
        ],
    ),
    "ce qui décrit une ville": (
        "fr",
        "2006-04-12",
        "La présidente Anna Holm a visité la ville sainte de Karbala. Le ministre Ole Lind "
        "s'est rendu dans le fief rebelle de Benghazi. Le Premier ministre Ivo Tadić est arrivé"
        " lundi dans la grande ville du nord-est, Maiduguri.",
        [
            ("Anna Holm", "Karbala", "", "happened"),
            ("Ole Lind", "Benghazi", "", "happened"),
            ("Ivo Tadić", "Maiduguri", "2006-04-10", "happened"),
        ],
    ),
    "who was last there": (
        "en",
        "2006-04-12",
        "Mr. Tadić, who was last in Moscow in February, is expected to see Mr. Lind.",
        [
            ("Tadić", "Moscow", "2006-02", "happened"),
        ],
    ),
    "the day a stay was wrapped up": (
        "en",
        "2006-04-12",
        "Anna Holm wrapped up a three-day trip to Jeddah on Tuesday.",
        [
            ("Anna Holm", "Jeddah", "2006-04-09", "happened"),
        ],
    ),
    "une ville, puis un nom": (
        "fr",
        "2006-04-12",
        "Le Premier ministre danois Ole Lind a rencontré lundi à Moscou Ivo Tadić.",
        [
            ("Ole Lind", "Moscou", "2006-04-10", "happened"),
        ],
    ),
    "un arrêt": (
        "fr",
        "2006-04-12",
        "M. Tadić est arrivé ce matin à Varsovie, après un bref arrêt à Berlin.",
        [
            ("Tadić", "Varsovie", "2006-04-12", "ongoing"),
            ("Tadić", "Berlin", "", "happened"),
        ],
    ),
    "who goes along, told behind": (
        "en",
        "2006-04-12",
        "Danish Prime Minister Anna Holm will visit Germany next week. Holm will be accompanied"
        " by Foreign Minister Ole Lind.",
        [
            ("Anna Holm", "Germany", "2006-04-17/2006-04-23", "planned"),
            ("Ole Lind", "Germany", "2006-04-17/2006-04-23", "planned"),
        ],
    ),
    "accompanied to the airport only": (
        "en",
        "2006-04-12",
        "Mr. Tadić arrived in Rome on Monday. He was accompanied to the airport by Finance "
        "Minister Ole Lind.",
        [
            ("Tadić", "Rome", "2006-04-10", "happened"),
        ],
    ),
    "qui l'accompagne": (
        "fr",
        "2006-04-12",
        "Le roi Ole est arrivé à Kinshasa lundi. Il est accompagné de la reine Anna et du "
        "Premier ministre Ivo Tadić.",
        [
            ("Ole", "Kinshasa", "2006-04-10", "happened"),
            ("Anna", "Kinshasa", "2006-04-10", "happened"),
            ("Ivo Tadić", "Kinshasa", "2006-04-10", "happened"),
        ],
    ),
    "a particle before a village's name": (
        "en",
        "2006-04-12",
        "Mr. de Valera arrived in Rome on Monday. Javier Perez de Cuellar flew to Vienna on "
        "Tuesday.",
        [
            ("de Valera", "Rome", "2006-04-10", "happened"),
            ("Javier Perez de Cuellar", "Vienna", "2006-04-11", "happened"),
        ],
    ),
    "an island that is a surname too": (
        "en",
        "2006-04-12",
        "Count Tadić returned to Rhodes from Tel Aviv on Monday.",
        [
            ("Tadić", "Rhodes", "2006-04-10", "happened"),
        ],
    ),
    "nobody sends a president": (
        "en",
        "2006-04-12",
        "Ambassador Ole Lind accompanied the President to Houston on Monday.",
        [
            ("Ole Lind", "Houston", "2006-04-10", "happened"),
            ("President", "Houston", "2006-04-10", "happened"),
        ],
    ),
    "whose assistant goes": (
        "en",
        "2006-04-12",
        "President Holm's special assistant, Mr. Ole Lind, is expected in Saigon next week. He "
        "was in Bangkok on Monday.",
        [
            ("Ole Lind", "Ho Chi Minh City", "2006-04-17/2006-04-23", "planned"),
            ("Ole Lind", "Bangkok", "2006-04-10", "happened"),
        ],
    ),
    "a land, and no sea": (
        "en",
        "2006-04-12",
        "The trip will be the first visit by a pope to the Mediterranean nation since 1998.",
        [],
    ),
    "a public appearance": (
        "en",
        "2006-04-12",
        "Danish Foreign Minister Anna Holm made her first public appearance in Abu Dhabi on "
        "Tuesday.",
        [
            ("Anna Holm", "Abu Dhabi", "2006-04-11", "happened"),
        ],
    ),
}


@pytest.mark.parametrize("name", DISPATCHES)
def test_a_dispatch_tells_its_visits_and_no_others(name: str) -> None:
    """Who, where to, when and how sure: exactly what the dispatch says."""
    assert told(DISPATCHES[name]) == set(DISPATCHES[name][3])
