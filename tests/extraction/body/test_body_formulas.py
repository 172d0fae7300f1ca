"""Formulas stay formulas, and sentences with a formula in them stay sentences."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

MATHML = (
    "<math><semantics><mrow><mi>v</mi><mo>=</mo><msup><mi>t</mi><mn>2</mn></msup></mrow>"
    "<annotation encoding='application/x-tex'>{\\displaystyle v=t^2}</annotation></semantics></math>"
)
WRITTEN = '<math alttext="v=t^2"><mrow><mi>v</mi><mo>=</mo><msup><mi>t</mi><mn>2</mn></msup></mrow></math>'


def test_mathml_stays_in_its_sentence_with_its_tex_as_alternative(page_of, prose):
    html = find_body(page_of(prose.replace("on Monday", f"that {MATHML}"))).html
    assert f"<p>The harbour master said that {WRITTEN} that the first ferry would leave" in html


def test_simple_mathml_stays_too(page_of, prose):
    html = find_body(page_of(prose.replace("on Monday", "<math><msub><mi>x</mi><mn>1</mn></msub></math>"))).html
    assert "said <math><msub><mi>x</mi><mn>1</mn></msub></math> that the first" in html


def test_a_matrix_keeps_its_rows(page_of, prose):
    rows = "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable></math>"
    assert "said <math><mtable><mtr><mtd><mn>1</mn>" in find_body(page_of(prose.replace("on Monday", rows))).html


def test_a_pictured_formula_is_its_tex(page_of, prose):
    body = find_body(page_of(prose.replace("on Monday", "<img class='latex' src='/l.png' alt='$E=mc^2$'>")))
    assert 'said <code class="math">E=mc^2</code> that the first' in body.html
    assert body.pictures == ()


def test_an_emoji_in_a_sentence_is_its_character(page_of, chinese):
    html = find_body(page_of(chinese.replace("届时", "<img class='wp-emoji' src='/e.png' alt='🎉'>届时"))).html
    assert "之前出发，🎉届时将有" in html


def test_what_a_formula_hides_from_readers_is_not_shown(page_of, prose):
    hidden = "<math><mi>x</mi><annotation-xml><script>alert(1)</script></annotation-xml><mphantom><mi>y</mi></mphantom></math>"
    assert "said <math><mi>x</mi></math> that the first" in find_body(page_of(prose.replace("on Monday", hidden))).html
