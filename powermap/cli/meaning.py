"""What a file's headers and words mean: asked on the terminal, listed, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import AsJson, Lang, lang_of
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.model.draft import Foreign
    from powermap.sources.mappings import Meaning

ROUNDS = 3
"""How often is asked: a column that is named may hold words that aren't known."""
WORDS = 12
"""Words of a column that are asked for."""

mapping_app = typer.Typer(
    help=told("记住的列名和词的意思。", "What was said of headers and words, and is kept."),
    no_args_is_help=True,
)


def ask_meaning(files: list[Path], meaning: Meaning, encoding: str | None, lang: str) -> Meaning:
    """Ask what the columns and words of files mean that aren't known; an empty answer leaves a column out."""
    from powermap.method import load_pack
    from powermap.settings import load_settings
    from powermap.sources import mappings, read_files

    pack, kept = load_pack(load_settings().pack), mappings.load()
    for _ in range(ROUNDS):
        foreign = read_files(files, pack, encoding=encoding, meaning=meaning, kept=kept).foreign
        if not foreign:
            break
        said = meaning
        for column in foreign:
            said = _ask_words(column, said, lang) if column.field else _ask_column(column, said, lang)
        if said == meaning:
            break
        meaning = said
    return meaning


def _ask_column(column: Foreign, meaning: Meaning, lang: str) -> Meaning:
    from dataclasses import replace

    shown = ", ".join(word[:20] for word in column.words[:4])
    question = Words(
        f"“{column.title}”列（{shown}）是什么？写列名，如 态度、上级、话语权；回车表示不要",
        f"What is the column {column.title!r} ({shown})? Name a column, e.g. attitude, boss, power; Enter leaves it out",
    )
    return _answered(
        question, lang, lambda text: replace(meaning, headers={**meaning.headers, column.title: text})
    )


def _ask_words(column: Foreign, meaning: Meaning, lang: str) -> Meaning:
    from dataclasses import replace

    for word in column.words[:WORDS]:
        before = meaning
        question = Words(
            f"“{column.title}”列里的“{word}”是什么？{_ladder(column.field, 'zh')}；回车表示整列不要",
            f"In {column.title!r}, what is {word!r}? {_ladder(column.field, 'en')}; Enter leaves the column out",
        )

        def learn(text: str, word: str = word, before: Meaning = before) -> Meaning:
            if not text:
                return replace(before, headers={**before.headers, column.title: ""})
            return replace(before, words={**before.words, word: text})

        meaning = _answered(question, lang, learn)
        if meaning.headers.get(column.title) == "":
            break
    return meaning


def _ladder(field: str, lang: str) -> str:
    """Say what a word of a column may be."""
    from powermap.method import load_pack

    pack = load_pack()
    if field == "attitude":
        return ", ".join(f"{a.value:+d} {a.words[lang]}" for a in pack.attitudes.values()) + ", ?"
    if field == "roles":
        return ", ".join(role.words[lang] for role in pack.roles.values())
    return ", ".join(words[lang] for words in pack.choices.get(field, {}).values())


def _answered(question: Words, lang: str, take: Callable[[str], Meaning]) -> Meaning:
    """Ask until the answer can be taken."""
    from powermap.cli.screen import complain
    from powermap.errors import ConfigError
    from powermap.method import load_pack
    from powermap.sources.columns import Aliases
    from powermap.sources.vocabulary import Vocabulary

    while True:
        text = typer.prompt(question[lang], default="", show_default=False).strip()
        meaning = take(text)
        try:
            Aliases(load_pack()).taught(meaning.headers)
            Vocabulary(load_pack()).taught(meaning.words)
        except ConfigError as error:
            complain(error.words[lang], error.advice[lang])
            continue
        return meaning


def list_mappings(lang: Lang = None, as_json: AsJson = False) -> None:
    """List what was said of headers and words: by the headers of the files it holds for."""
    from powermap.cli.screen import note, print_json, show_table
    from powermap.sources.mappings import load

    language = lang_of(lang)
    kept = list(load().values())
    if as_json:
        print_json(
            [
                {
                    "fingerprint": k.fingerprint,
                    "titles": list(k.titles),
                    "headers": dict(k.meaning.headers),
                    "words": dict(k.meaning.words),
                }
                for k in kept
            ]
        )
        return
    if not kept:
        note(Words("还没有记住什么", "nothing is kept yet")[language])
        return
    heads = Words("标记|表头|列|词", "Mark|Headers|Columns|Words")[language].split("|")
    rows = [
        (
            k.fingerprint,
            ", ".join(k.titles),
            "; ".join(f"{a} = {b or '–'}" for a, b in k.meaning.headers.items()),
            "; ".join(f"{a} = {b}" for a, b in k.meaning.words.items()),
        )
        for k in kept
    ]
    show_table(heads, rows, language)


def forget_mapping(
    mark: Annotated[
        str,
        typer.Argument(
            metavar="MARK",
            help=told(
                "标记或其开头，照 `mapping list` 所列。",
                "The mark, or its start, as `mapping list` prints it.",
            ),
        ),
    ],
    lang: Lang = None,
) -> None:
    """Forget what was said of the headers and words of one kind of file."""
    from powermap.cli.screen import done
    from powermap.errors import ConfigError
    from powermap.sources.mappings import forget

    gone = forget(mark)
    if not gone:
        raise ConfigError(
            Words(f"没有标记为“{mark}”的", f"nothing is kept under {mark!r}"),
            hint=Words("`powermap mapping list` 全部列出", "`powermap mapping list` lists all"),
        )
    for kept in gone:
        done(f"{kept.fingerprint}  {', '.join(kept.titles)}"[:200])


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.add_typer(mapping_app, name="mapping", rich_help_panel=told("导入导出", "Files in, files out"))
    offer(mapping_app, "list", list_mappings, "列出记住的列名和词的意思，以及用于哪些表头。")
    offer(mapping_app, "forget", forget_mapping, "忘掉一种文件的列名和词的意思。")
