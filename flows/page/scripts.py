"""The modules of `web/scripts` as one script.

A page that is opened from disk may not load modules, so they are joined: each becomes a function
that gives its exports, behind those it imports from. They remain modules as any editor knows them.
"""

import re
from graphlib import TopologicalSorter
from pathlib import Path

_FOLDER = Path(__file__).parent / "web" / "scripts"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def joined_scripts() -> str:
    """Give all modules as one script; CycleError where they import each other."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.js"))}
    graph = {
        name: [imported[2] for imported in _IMPORT.finditer(text)] for name, text in texts.items()
    }
    return "".join(
        _as_function(name, texts[name]) for name in TopologicalSorter(graph).static_order()
    )


def _as_function(name: str, text: str) -> str:
    r"""Give a module as a function that is called at once.

    >>> print(_as_function("b", 'import { x as y } from "./a.js";\nexport const z = y;\n'))
    const $b = (() => {
    const { x: y } = $a;
    const z = y;
    return { z };
    })();
    <BLANKLINE>
    """
    exported = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(_as_constant, text))
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _as_constant(imported: re.Match[str]) -> str:
    names = " ".join(imported[1].split()).rstrip(",").replace(" as ", ": ")
    return f"const {{ {names} }} = ${imported[2]};\n"
