"""The bundler joins our modules and refuses what it does not understand."""

import pytest

from visitmap.webmap.bundle import bundle, page_script


def folder_with(tmp_path, **sources):
    for name, source in sources.items():
        (tmp_path / f"{name}.js").write_text(source, "utf-8")
    return tmp_path


def test_modules_come_before_those_that_import_them(tmp_path):
    folder = folder_with(
        tmp_path,
        main='import { two as pair } from "./low.js";\nexport function start() { return pair; }\n',
        low="export const two = 2;\n",
    )
    script = bundle(folder, ("main",))
    assert script.index("m_low = ") < script.index("m_main = ")
    assert "const { two: pair } = m_low;" in script
    assert "globalThis.visitmap = { ...m_main };" in script


def test_a_circle_is_refused(tmp_path):
    folder = folder_with(
        tmp_path,
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(ValueError, match="imports itself"):
        bundle(folder, ("a",))


@pytest.mark.parametrize("line", ["export default 1;", "export { x };", 'import "./side.js";'])
def test_an_unknown_form_is_refused(tmp_path, line):
    with pytest.raises(ValueError, match="does not know"):
        bundle(folder_with(tmp_path, main=f"const x = 1;\n{line}\n"), ("main",))


def test_the_pages_script_holds_no_end_of_script():
    """It stands inside a script element."""
    assert "</script" not in page_script().lower()


def test_the_pages_script_has_no_import_left():
    lines = page_script().splitlines()
    assert not [line for line in lines if line.startswith(("import ", "export "))]
