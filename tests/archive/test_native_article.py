"""One article in the native form."""

from datetime import UTC, datetime

import pytest

from broadsheet.archive.native import read_article, render_article
from broadsheet.archive.native.front_matter import read_front_matter, write_front_matter
from broadsheet.archive.native.markdown import read_markdown, settled, write_markdown
from broadsheet.archive.pictures import pictures_of
from broadsheet.errors import ArchiveError
from broadsheet.markup.pictures import image_template
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import LanguageEdition, Note, Person, Picture, SafeHtml, StatedTime

STATED = StatedTime(raw="18. Juni 2024, 06:44", at=datetime(2024, 6, 18, 4, 44, tzinfo=UTC), offset_minutes=120)


def test_the_article_reads_well_where_only_markdown_is_shown(make):
    stored = make(
        people=(Person(name="Ana Lima"),), published=STATED, standfirst="After a year.", body=SafeHtml("<p>It <em>sails</em>.</p><h2>Dawn</h2>")
    )
    assert render_article(stored).partition("\n---\n\n")[2] == (
        "# The ferry is back\n\n"
        "**After a year.**\n\n"
        "Ana Lima · 18. Juni 2024, 06:44 · <https://harbour.example/a1>\n\n"
        "<!-- body -->\n\n"
        "It *sails*.\n\n"
        "## Dawn\n"
    )


def test_the_front_matter_states_the_three_times_apart(make):
    lines = render_article(make(published=STATED)).split("\n")
    assert 'published: {"raw": "18. Juni 2024, 06:44", "at": "2024-06-18T04:44:00Z", "offset_minutes": 120}' in lines
    assert 'first_seen: "2024-06-18T06:00:00Z"' in lines
    assert 'changed_at: "2024-06-18T06:00:00Z"' in lines


def test_the_front_matter_names_the_revision_and_the_one_before(make):
    lines = render_article(make(revision=2), previous="hash-of-1").split("\n")
    assert lines[lines.index("revision: 2") :][:3] == ["revision: 2", 'content_hash: "hash-a1"', 'previous: "hash-of-1"']


def test_everything_known_of_an_article_is_read_back(make):
    stored = make(
        canonical_url="https://harbour.example/ferry", kicker="Sea", standfirst="After a year.", published=STATED, section="Local",
        people=(Person(name="Ana", url="https://harbour.example/ana"), Person(name="Bo", role="translator")), tags=("ferry", "渡轮"),
        site_name="Harbour Post", language="ar", direction="rtl", lead_image=Picture(url="https://p.example/a.jpg", caption="Quay", credit="Jo"),
        editions=(LanguageEdition(url="https://harbour.example/en", language="en", relation="original"),), access="paywalled",
        notes=(Note(kind="translator", html=SafeHtml("By <em>Bo</em>")), Note(kind="correction", html=SafeHtml("<p>One.</p><p>Two.</p>"))),
        completeness="partial", source_agency="AP", body=SafeHtml("<p>It sails.</p>"), text="It sails.", word_count=2,
    )  # fmt: skip
    assert read_article(render_article(stored)).article == stored.article


def test_its_record_is_read_back(make):
    found = read_article(render_article(make(revision=2, entry_guid="g"), previous="h1"))
    assert (found.id, found.source_id, found.revision, found.content_hash, found.previous) == ("a1", "harbour-post", 2, "hash-a1", "h1")
    assert (found.entry_guid, found.first_seen, found.entry_published) == ("g", datetime(2024, 6, 18, 6, tzinfo=UTC), make().entry_published)


@pytest.mark.parametrize("template", ["https://images.weserv.nl/?url={bare_url}", "https://proxy.example/show/{url}/600"])
def test_pictures_are_shown_through_the_proxy_and_read_back_as_the_originals(make, template):
    stored = make(lead_image=Picture(url="http://p.example/a.jpg?x=1"), body=SafeHtml('<figure><img src="http://p.example/b.jpg"></figure>'))
    file = render_article(stored, image=image_template(template))
    assert file.count('"http://p.example/b.jpg"') <= 1  # only where the front matter says what stands for what
    found = read_article(file).article
    assert (found.lead_image, found.body) == (stored.article.lead_image, stored.article.body)


def test_a_figure_is_html_since_markdown_has_no_caption():
    html = SafeHtml('<p>a</p><figure><img src="https://p.example/b.jpg" alt="x"><figcaption>The bow</figcaption></figure><p>b</p>')
    assert write_markdown(html) == f"a\n\n{html[8:-8]}\n\nb"


def test_the_poster_of_a_player_is_no_picture():
    assert pictures_of('<figure class="embed"><a href="https://v.example/1"><img src="https://v.example/1.jpg"></a></figure>') == ()


def test_text_that_looks_like_markdown_stays_text():
    html = SafeHtml("<p># No heading *at* all &lt;b&gt; [x](y) 1. `c`</p>")
    assert read_markdown(write_markdown(html)) == html


def test_one_paragraph_that_markdown_would_change_does_not_make_html_of_the_others():
    html = sanitize('<p>plain</p><p>a<sub>2</sub> <a href="https://a.example/" hreflang="fr">b</a></p>')
    assert write_markdown(html).split("\n\n")[0] == "plain"
    assert read_markdown(write_markdown(html)) == html


def test_text_outside_any_block_is_read_back():
    html = settled("loose *words*<p>a</p>and <b>more</b>")
    assert read_markdown(write_markdown(html)) == html


def test_a_line_of_code_that_looks_like_our_marks_does_not_part_the_article(make):
    stored = make(body=settled("<pre>one\n&lt;!-- notes --&gt;\n&lt;!-- body --&gt;\ntwo</pre>"), notes=(Note(kind="note", html=SafeHtml("n")),))
    found = read_article(render_article(stored)).article
    assert (found.body, found.notes) == (stored.article.body, stored.article.notes)


def test_a_title_of_any_characters_stays_on_its_line():
    block = write_front_matter({"title": 'a\n---\n"b" \u2028 \u202e \ud800'})
    assert block.count("\n") == 3
    assert read_front_matter(block.split("\n")).values == {"title": 'a\n---\n"b" \u2028 \u202e \ud800'}


def test_an_article_edited_by_hand_without_our_marks_is_still_read(make):
    text = render_article(make()).replace("<!-- body -->\n\n", "")
    assert "It sails at dawn." in read_article(text).article.text


def test_html_that_could_harm_a_reader_is_gone(make):
    text = render_article(make()).replace("It sails", "<script>alert(1)</script>It <b onclick=x()>sails</b> [now](javascript:x())")
    assert "<script" not in read_article(text).article.body
    assert "onclick" not in read_article(text).article.body
    assert 'href="javascript' not in read_article(text).article.body


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("broadsheet: 1", "broadsheet: 99", 2),
        ('id: "a1"', "id: a1", 3),
        ('id: "a1"', "id: 7", 3),
        ('title: "The', 'title "The', 5),
        ('url: "https://harbour.example/a1"', 'url: "javascript:alert(1)"', 6),
        ('first_seen: "2024-06-18T06:00:00Z"', 'first_seen: "2024-06-18T06:00:00"', 8),
        ("revision: 1", "revision: [[[[", 11),
    ],
)
def test_a_broken_field_is_named_with_its_line(make, old, new, line):
    text = render_article(make())
    assert old in text
    with pytest.raises(ArchiveError) as caught:
        read_article(text.replace(old, new, 1), file="x.md")
    assert caught.value.where == f"x.md:{line}"


def test_front_matter_that_never_ends_is_an_error():
    with pytest.raises(ArchiveError, match=r"x\.md:2: ends before"):
        read_article('---\nid: "a"', file="x.md")
