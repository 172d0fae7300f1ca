"""How the kept blocks are written: structure as on the page, links absolute, nothing foreign."""

from __future__ import annotations

from broadsheet.extraction.body import find_body


def test_subheadings_stay_where_they_are(page_of, prose):
    html = find_body(page_of(prose + "<h2>The way back</h2>" + prose.replace("ferry", "boat"))).html
    assert "<h2>The way back</h2><p>The harbour master" in html


def test_nested_lists_stay_nested(page_of, prose):
    inner = "<ol><li>first at six in the morning</li><li>last at eight in the evening</li></ol>"
    page = page_of(prose + f"<p>The timetable says:</p><ul><li>Monday: eleven crossings</li><li>Tuesday, fog permitting: {inner}</li></ul>")
    assert "<ol><li>first at six in the morning</li><li>last at eight in the evening</li></ol></li></ul>" in find_body(page).html


def test_a_table_stays_a_table(page_of, prose):
    rows = "<tr><th>Day</th><th>Crossings</th></tr><tr><td>Monday, in all weathers</td><td>eleven crossings, two of them at night</td></tr>"
    html = find_body(page_of(prose + f"<table><tbody>{rows}</tbody></table>" + prose.replace("ferry", "boat"))).html
    assert "<td>Monday, in all weathers</td><td>eleven crossings, two of them at night</td></tr></tbody></table>" in html


def test_a_table_that_only_lays_out_the_page_is_gone(page_of, prose):
    html = find_body(page_of(f"<table><tr><td><a href='/'>Home</a></td><td>{prose}</td></tr></table>")).html
    assert "<table>" not in html
    assert html.startswith("<p>The harbour master")


def test_links_are_absolute_and_without_tracking(page_of, prose):
    linked = prose.replace("Monday", "<a href='/days/monday?utm_source=feed&page=2'>Monday</a>")
    assert '<a href="https://news.example/days/monday?page=2"' in find_body(page_of(linked)).html


def test_emphasis_and_ruby_stay(page_of, prose):
    marked = prose.replace("Monday", "<em>Monday</em> <ruby>港<rp>(</rp><rt>こう</rt><rp>)</rp></ruby>")
    assert "<em>Monday</em> <ruby>港<rp>(</rp><rt>こう</rt><rp>)</rp></ruby>" in find_body(page_of(marked)).html


def test_preformatted_text_keeps_its_lines(page_of, prose):
    code = "<pre>depth = 4\nif depth &lt; 5:\n    wait()\n</pre>"
    html = find_body(page_of(prose + "<p>The gauge runs this programme:</p>" + code + prose.replace("ferry", "boat"))).html
    assert "depth = 4\nif depth &lt; 5:\n    wait()" in html


def test_a_player_becomes_a_link_with_its_poster(page_of, prose):
    frame = "<iframe src='https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1' title='The crossing'></iframe>"
    html = find_body(page_of(prose + frame + prose.replace("ferry", "boat"))).html
    assert "iframe" not in html
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk"' in html
    assert "YouTube: The crossing" in html


def test_a_quoted_post_becomes_a_link_and_its_words_are_not_the_articles(page_of, prose):
    post = (
        "<blockquote class='twitter-tweet'><p>Our ferry is back on the water today, and we could not be happier about it!</p>"
        "<a href='https://twitter.com/harbour/status/123456?ref_src=x'>May 1</a></blockquote>"
    )
    body = find_body(page_of(prose + post + prose.replace("ferry", "boat")))
    assert "could not be happier" not in body.text
    assert 'href="https://x.com/harbour/status/123456"' in body.html


def test_an_unknown_frame_leaves_nothing(page_of, prose):
    html = find_body(page_of(prose + "<iframe src='https://ads.example/banner'></iframe>" + prose.replace("ferry", "boat"))).html
    assert "ads.example" not in html
