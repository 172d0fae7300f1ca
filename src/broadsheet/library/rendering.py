"""One article as HTML, Markdown, text or JSON, and the evidence behind it in words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal

import msgspec

from broadsheet.markup.serialize import to_markdown
from broadsheet.model import Article, Extraction

ShownAs = Literal["html", "md", "text", "json"]


def article_as(form: str, article: Article) -> str:
    """*article* in one of the forms `html`, `md`, `text`, `json`."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(article)).decode()
    if form == "text":
        return "\n\n".join(part for part in (article.title, _byline(article), article.standfirst, article.text.replace("\n", "\n\n")) if part)
    if form == "html":
        return _as_html(article)
    notes = "\n\n".join(to_markdown(note.html) for note in article.notes)
    parts = (
        f"# {article.title}",
        article.standfirst and f"**{article.standfirst}**",
        _byline(article),
        _lead_image(article),
        to_markdown(article.body),
        notes,
    )
    return "\n\n".join(part for part in parts if part)


def _as_html(article: Article) -> str:
    image = article.lead_image
    caption = " ".join(escape(words) for words in (image.caption, image.credit) if words) if image else ""
    figure = f'<figure><img src="{escape(image.url)}" alt="{escape(image.alt or "")}"><figcaption>{caption}</figcaption></figure>' if image else ""
    standfirst = f"<p><strong>{escape(article.standfirst)}</strong></p>" if article.standfirst else ""
    byline = f"<p>{escape(_byline(article))}</p>" if _byline(article) else ""
    notes = f"<footer>{''.join(note.html for note in article.notes)}</footer>" if article.notes else ""
    head = f'<article lang="{escape(article.language or "")}" dir="{article.direction}"><h1>{escape(article.title)}</h1>'
    return f"{head}{standfirst}{byline}{figure}{article.body}{notes}</article>"


def _byline(article: Article) -> str:
    people = ", ".join(p.name if p.role == "writer" else f"{p.name} ({p.role})" for p in article.people)
    when = article.published.raw if article.published else ""
    return " · ".join(part for part in (people, when) if part)


def _lead_image(article: Article) -> str:
    image = article.lead_image
    return f"![{image.caption or image.alt or ''}]({image.url})" if image else ""


def ballots(extraction: Extraction) -> Iterator[str]:
    """For each field the value chosen and the votes behind it; then the blocks of the page, kept or dropped and why."""
    for name, decision in extraction.decisions.items():
        yield f"{name}: {decision.value!r}"
        for vote in decision.ballot:
            yield f"  {vote.weight:+.2f}  {vote.signal:<24} {str(vote.claim.value)[:80]!r}" + (
                f"  saw {vote.claim.saw[:80]}" if vote.claim.saw else ""
            )
    if extraction.wants:
        yield "wants: " + ", ".join(f"{want.kind} {want.url}" for want in extraction.wants)
    yield "body:"
    yield from (f"  {line}" for line in extraction.body_report)
