"""XML from strangers, parsed without document types: no entity is expanded, no file is opened."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from visitmap.errors import InputError

_DEEPEST = 200


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document, tags without namespaces.

    Raises InputError for what is not XML, has a document type, or is nested absurdly deep.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputError("the file is nested too deep", where=name, remedy="Export it anew")
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    def refuse(*_: object) -> None:
        raise InputError(
            "the file declares a document type, which is not read", where=name,
            remedy="Remove the line that begins with <!DOCTYPE",
        )  # fmt: skip

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(
            f"the XML is broken ({error})", where=name, remedy="Export the file anew"
        ) from None
    return builder.close()


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def text_of(element: Element | None, path: str) -> str:
    """The text of the first element at `path`, or the empty text."""
    found = element.find(path) if element is not None else None
    return (found.text or "") if found is not None else ""
