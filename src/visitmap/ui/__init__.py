"""The dashboard: pages that ask and draw, over the same public functions as the command line.

    main      sets up and routes            session   the project, who is asking, what is current
    pages/    Map, Review, Sources, Export  words     what the interface says, from texts/*.json
    components/   show(…, key) → value      fetch     reading an address, safely

Text of documents and tables reaches the screen only through `st.text`, tables, options of select
boxes, or `words.escaped`; never as Markdown or HTML. To add a page, write its `show()` and name it
in `main.PAGES`; to add a language, copy texts/en.json.
"""
