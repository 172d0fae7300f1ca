"""Text without mark-up: white space, comparison keys, words in any script.

Takes and gives strings; knows no HTML, no language but what the characters tell. No rule here assumes spaces between
words, capitals, or left-to-right. Dates in running text live in `dates.py`. Start reading at `collapse`.
"""

from broadsheet.text.plain import collapse, comparison_key, cut_at_word, is_cjk, word_count, words, xml_text

__all__ = ["collapse", "comparison_key", "cut_at_word", "is_cjk", "word_count", "words", "xml_text"]
