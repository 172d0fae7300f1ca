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
    poster = '<img src="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg" alt="" class="poster">'
    link = f'<a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener noreferrer">{poster} YouTube: The crossing</a>'
    assert f'<figure class="embed">{link}</figure>' in html


def test_a_quoted_post_becomes_a_link_below_its_words_which_are_not_the_articles(page_of, prose):
    post = (
        "<blockquote class='twitter-tweet'><p>Our ferry is back on the water today, and we could not be happier about it! pic.twitter.com/a1B2c3</p>"
        "<a href='https://twitter.com/harbour/status/123456?ref_src=x'>May 1</a></blockquote>"
    )
    body = find_body(page_of(prose + post + prose.replace("ferry", "boat")))
    assert "could not be happier" not in body.text
    assert "could not be happier about it!</p></blockquote>" in body.html
    assert '</blockquote><a href="https://x.com/harbour/status/123456" rel="noopener noreferrer">X: @harbour</a></figure>' in body.html


def test_a_player_that_only_a_script_would_show_is_a_link_too(page_of, prose):
    player = "<lite-youtube videoid='abcdefghijk' playlabel='The crossing'></lite-youtube>"
    assert "YouTube: The crossing" in find_body(page_of(prose.replace("</p>", "</p>" + player, 1))).html


def test_lines_of_a_heading_stay_lines(page_of, prose):
    html = find_body(page_of(prose + "<h2>The way back<br><br>after dark</h2>" + prose.replace("ferry", "boat"))).html
    assert "<h2>The way back<br>after dark</h2>" in html


def test_an_element_with_nothing_in_it_leaves_nothing(page_of, prose):
    html = find_body(page_of(prose.replace("on Monday", "on<b> </b>Monday<em></em>"))).html
    assert "said on Monday that" in html


def test_an_unknown_frame_leaves_nothing(page_of, prose):
    html = find_body(page_of(prose + "<iframe src='https://ads.example/banner'></iframe>" + prose.replace("ferry", "boat"))).html
    assert "ads.example" not in html
