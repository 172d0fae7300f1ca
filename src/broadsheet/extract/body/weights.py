"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extract.body import signals as s
from broadsheet.extract.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = 0.119

WEIGHTS: Mapping[Signal, float] = {
    s.related_and_linked: -0.846,  # 272 blocks on 104 pages, 21% text
    s.ends_with_credit: -0.796,  # 280 blocks on 121 pages, 17% text
    s.all_slanted: -1.104,  # 2451 blocks on 306 pages, 28% text
    s.all_bold: 0.183,  # 4134 blocks on 455 pages, 65% text
    s.linked_li: 0.576,  # 31073 blocks on 483 pages, 7% text
    s.li_in_linked_list: 0.532,  # 31606 blocks on 470 pages, 8% text
    s.linked_list_late: -0.670,  # 17463 blocks on 407 pages, 11% text
    s.li_after_core: -0.555,  # 18707 blocks on 400 pages, 10% text
    s.li_sentence: -0.791,  # 6964 blocks on 456 pages, 79% text
    s.li_after_colon: 0.223,  # 51776 blocks on 747 pages, 31% text
    s.linked_p: 0.298,  # 11108 blocks on 636 pages, 6% text
    s.one_of_three_cards: 0.486,  # 41126 blocks on 603 pages, 16% text
    s.sentence_of_core: 0.851,  # 23745 blocks on 906 pages, 96% text
    s.after_image: -0.765,  # 4262 blocks on 543 pages, 28% text
    s.beside_image: -1.198,  # 13043 blocks on 612 pages, 12% text
    s.after_core: -1.883,  # 40529 blocks on 653 pages, 13% text
    s.short_after_core: 0.466,  # 35463 blocks on 644 pages, 10% text
    s.under_opening_related: -0.900,  # 1134 blocks on 146 pages, 13% text
    s.after_related_phrase: -0.392,  # 372 blocks on 219 pages, 16% text
    s.in_series: 0.312,  # 9942 blocks on 422 pages, 48% text
    s.linked_series: -1.113,  # 1286 blocks on 132 pages, 22% text
    s.like_twin: -1.515,  # 1549 blocks on 163 pages, 49% text
    s.mass_under_15: -1.414,  # 51977 blocks on 854 pages, 13% text
    s.mass_15_to_40: -0.304,  # 40676 blocks on 915 pages, 42% text
    s.mass_40_to_80: -0.289,  # 17383 blocks on 887 pages, 60% text
    s.mass_80_to_160: 0.438,  # 14374 blocks on 891 pages, 75% text
    s.mass_160_to_320: 0.813,  # 16300 blocks on 913 pages, 89% text
    s.mass_from_320: 0.756,  # 6952 blocks on 808 pages, 90% text
    s.ends_like_a_sentence: 0.463,  # 43662 blocks on 934 pages, 81% text
    s.ends_with_colon: 0.474,  # 3879 blocks on 603 pages, 78% text
    s.ends_with_ellipsis: -1.279,  # 597 blocks on 167 pages, 25% text
    s.short_without_end: -0.349,  # 80420 blocks on 869 pages, 19% text
    s.no_link: 0.771,  # 87608 blocks on 934 pages, 60% text
    s.some_links: 0.116,  # 8023 blocks on 814 pages, 84% text
    s.half_linked: 0.162,  # 2874 blocks on 532 pages, 48% text
    s.all_linked: 0.007,  # 43953 blocks on 709 pages, 8% text
    s.all_linked_and_long: -0.736,  # 4465 blocks on 515 pages, 15% text
    s.many_digits: -0.370,  # 11286 blocks on 563 pages, 12% text
    s.short_with_date: -0.272,  # 4034 blocks on 538 pages, 18% text
    s.opens_with_bullet: -0.699,  # 1494 blocks on 174 pages, 15% text
    s.has_copyright_sign: -0.822,  # 262 blocks on 205 pages, 3% text
    s.opens_related: -1.509,  # 839 blocks on 370 pages, 16% text
    s.is_related_phrase: -0.511,  # 378 blocks on 222 pages, 2% text
    s.opens_with_notice: -1.226,  # 1867 blocks on 408 pages, 8% text
    s.holds_notice: -1.525,  # 4972 blocks on 635 pages, 25% text
    s.holds_two_notices: -0.667,  # 972 blocks on 281 pages, 14% text
    s.opens_with_credit: -0.519,  # 487 blocks on 120 pages, 10% text
    s.holds_credit: -0.745,  # 1686 blocks on 369 pages, 32% text
    s.opens_with_byline: -0.817,  # 605 blocks on 288 pages, 9% text
    s.in_p: -0.616,  # 46514 blocks on 927 pages, 75% text
    s.in_heading: 0.829,  # 19065 blocks on 881 pages, 67% text
    s.in_h1: -1.385,  # 564 blocks on 436 pages, 39% text
    s.in_low_heading: -0.686,  # 3414 blocks on 347 pages, 48% text
    s.in_li: 0.841,  # 56242 blocks on 752 pages, 32% text
    s.in_plain_div: -1.085,  # 25040 blocks on 656 pages, 9% text
    s.in_other_element: -0.695,  # 2594 blocks on 368 pages, 4% text
    s.in_table: -0.924,  # 13749 blocks on 133 pages, 16% text
    s.in_blockquote: -0.222,  # 581 blocks on 113 pages, 75% text
    s.in_figcaption: -0.887,  # 1494 blocks on 220 pages, 9% text
    s.in_figure: -0.689,  # 4185 blocks on 241 pages, 12% text
    s.in_nav: 0.381,  # 14362 blocks on 251 pages, 3% text
    s.in_footer: -1.621,  # 6375 blocks on 221 pages, 0% text
    s.in_header: -0.761,  # 14244 blocks on 249 pages, 1% text
    s.in_aside: -0.638,  # 4265 blocks on 133 pages, 4% text
    s.in_form: -1.069,  # 3623 blocks on 215 pages, 1% text
    s.beside_form: 0.0,
    s.in_button: -1.075,  # 2134 blocks on 310 pages, 3% text
    s.in_wide_article: 0.588,  # 56584 blocks on 491 pages, 63% text
    s.is_hidden: -0.897,  # 1557 blocks on 182 pages, 5% text
    s.in_core: 0.308,  # 79299 blocks on 935 pages, 72% text
    s.one_above_core: -0.327,  # 5880 blocks on 267 pages, 22% text
    s.far_above_core: 0.270,  # 52807 blocks on 383 pages, 12% text
    s.three_below: -0.279,  # 23495 blocks on 712 pages, 43% text
    s.far_below: -0.455,  # 73453 blocks on 631 pages, 16% text
    s.same_shape: 1.241,  # 41459 blocks on 935 pages, 82% text
    s.like_but_other_shape: 0.193,  # 9897 blocks on 745 pages, 66% text
    s.outer_mostly_linked: -0.397,  # 44571 blocks on 675 pages, 7% text
    s.outer_hardly_linked: 0.621,  # 91469 blocks on 930 pages, 63% text
    s.outer_small: -0.612,  # 69565 blocks on 840 pages, 19% text
    s.outer_wide: 0.653,  # 35009 blocks on 809 pages, 93% text
    s.before_h1: -2.046,  # 20946 blocks on 330 pages, 1% text
    s.right_after_h1: -0.246,  # 854 blocks on 538 pages, 41% text
    s.before_first_like: -0.857,  # 17497 blocks on 573 pages, 4% text
    s.first_like: 0.348,  # 935 blocks on 935 pages, 77% text
    s.after_last_like: -0.311,  # 7033 blocks on 531 pages, 12% text
    s.last_like: -1.040,  # 935 blocks on 935 pages, 47% text
    s.near_likes: 0.235,  # 23595 blocks on 925 pages, 86% text
    s.far_from_likes: -0.124,  # 56658 blocks on 591 pages, 12% text
    s.after_second_h1: 0.397,  # 5120 blocks on 49 pages, 42% text
    s.under_related_heading: -0.296,  # 455 blocks on 93 pages, 7% text
    s.under_linked_heading: 0.640,  # 9327 blocks on 248 pages, 39% text
    s.heading_then_link: -0.764,  # 3496 blocks on 481 pages, 19% text
    s.heading_then_like: 0.438,  # 10389 blocks on 818 pages, 86% text
    s.between_links: -0.507,  # 33681 blocks on 570 pages, 6% text
    s.line_of_breaks: 0.231,  # 392 blocks on 85 pages, 69% text
    s.is_title: -1.473,  # 376 blocks on 301 pages, 36% text
    s.opens_lead: 0.953,  # 397 blocks on 327 pages, 71% text
    s.in_article_body: -0.350,  # 1948 blocks on 47 pages, 93% text
    s.missing_in_article_body: -1.784,  # 1379 blocks on 43 pages, 17% text
    s.repeats_another: 0.487,  # 9121 blocks on 699 pages, 57% text
}

NEIGHBOURS: Mapping[str, float] = {
    "bias": 0.002,
    "own": 1.000,
    "before": -0.002,
    "after": 0.163,
    "outer": -0.110,
    "parent": 0.376,
    "heading_after": 0.014,
    "heading_before": 0.076,
    "lesser": 0.283,
    "greater": -0.122,
    "heading": 0.088,
}
