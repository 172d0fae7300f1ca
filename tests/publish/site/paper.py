# ruff: noqa: E501  (running text; wide characters count twice)
"""A made-up newspaper rack for the site's tests: four sources, ten articles in five languages, one of them revised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, LanguageEdition, Note, Person, Picture, Revision, Source, StatedTime, StoredArticle

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def stated(at: datetime, offset_minutes: int | None = 0) -> StatedTime:
    return StatedTime(raw=at.isoformat(), at=at, offset_minutes=offset_minutes)


def picture(number: int, size: tuple[int, int] = (1200, 800), **words: str) -> Picture:
    return Picture(url=f"http://pictures.example/{number}-{size[0]}x{size[1]}.svg", width_px=size[0], height_px=size[1], **words)


def article(title: str, body: str, **fields: object) -> Article:
    url = f"https://{fields.pop('host', 'harbour.example')}/stories/{abs(hash(title)) % 10**8}"
    html = sanitize(body, base_url=url)
    return Article(url=url, title=title, body=html, text=str(fields.pop("text", "")), **{"access": "open", **fields})  # type: ignore[arg-type]


def stored(number: int, source: Source, reading: Article, *, hours: float, revision: int = 1) -> StoredArticle:
    seen = NOW - timedelta(hours=hours)
    return StoredArticle(
        id=f"01harbour{number:04}", source_id=source.id, first_seen=seen, sort_at=seen, changed_at=seen + timedelta(hours=revision - 1),
        revision=revision, content_hash=f"{number}-{revision}", entry_guid=None, entry_published=None,
        article=replace(reading, published=reading.published or stated(seen)),
    )  # fmt: skip


def source(name: str, title: str, *, language: str, category: str | None = None) -> Source:
    home = f"https://{name}.example/"
    return Source(
        id=name, kind="feed", url=f"{home}feed.xml", title=title, home_url=home, language=language, category=category,
        added_at=NOW - timedelta(days=30),
    )  # fmt: skip


HARBOUR = source("harbour", "The Harbour Gazette", language="en", category="Coast")
JIANGAN = source("jiangan", "江岸日报", language="zh-Hans", category="Coast")
MISAKI = source("misaki", "岬新聞", language="ja", category="世界")
MARFA = source("marfa", "جريدة المرفأ", language="ar", category="世界")
DEICH = source("deich", "Deichkurier", language="de")
SOURCES = (HARBOUR, JIANGAN, MISAKI, MARFA, DEICH)

FERRY = article(
    "The last night ferry leaves on time, and nobody wants to say goodbye",
    """
    <p>At eleven minutes past ten, when the lamps along the mole had been lit for an hour, the <em>Wilhelmina</em> cast off for the
    last time with two hundred and six passengers, nine bicycles and a piano that had been sold on the mainland.</p>
    <p>“I came over on her in 1971 with one suitcase,” said <a href="/people/moll">Hanneke Moll</a>, who has kept the station kiosk
    ever since. “It seemed only polite to see her off.” The bridge opens on Monday; the timetable that hung beside her window is
    already in the town museum.</p>
    <h2>Forty years, three captains</h2>
    <p>The crossing took thirty-four minutes in fair weather. In the winter of 1987 it took nineteen hours, and the cook made soup
    from what the passengers had in their bags.</p>
    <figure><img src="http://pictures.example/2-1000x640.svg" width="1000" height="640" alt="A ferry seen from the mole"><figcaption>The
    mole at dusk: for four decades the island set its clocks by the horn. <cite>Jonas Brandt for The Harbour Gazette</cite></figcaption></figure>
    <blockquote><p>People think a bridge is faster. It is. But nobody ever fell in love on a bridge at ten past ten with fog coming
    in.</p></blockquote>
    <p>What happens to the ship is not settled. Three offers lie on the table of the harbour board:</p>
    <ul><li>a museum in the old fish hall, which would need a roof first;</li><li>a scrapyard in the south;</li><li>a choir, which
    wants to rehearse in the engine room.</li></ul>
    <table><thead><tr><th>Year</th><th>Passengers</th><th>Crossings cancelled for fog</th><th>Pianos carried across</th></tr></thead>
    <tbody><tr><td>1986</td><td>812,400</td><td>61</td><td>4</td></tr><tr><td>2006</td><td>640,150</td><td>38</td><td>2</td></tr>
    <tr><td>2026</td><td>311,902</td><td>12</td><td>1</td></tr></tbody></table>
    <aside class="factbox"><h3>The bridge in figures</h3><p>2.4 kilometres long, eleven years late, and four metres too low for the
    mast of the fire boat, which has since been shortened.</p></aside>
    <figure class="embed"><a href="https://www.youtube.com/watch?v=abc"><img src="http://pictures.example/3-640x360.svg" alt="" class="poster">
    YouTube: The last crossing in ninety seconds</a></figure>
    <blockquote class="pullquote"><p>I have carried more pianos than pirates.</p><p><cite>The last captain</cite></p></blockquote>
    <figure class="gallery"><figure><img src="http://pictures.example/6-800x600.svg" width="800" height="600" alt="The bow"></figure><figure><img
    src="http://pictures.example/7-800x600.svg" width="800" height="600" alt="The stern"></figure><figcaption>Bow and stern</figcaption></figure>
    <figure class="embed"><blockquote><p>Goodnight, Wilhelmina. — Harbour board (@harbourboard)</p></blockquote><a
    href="https://x.com/harbourboard/status/1">X</a></figure>
    <p class="question">And the speed?</p>
    <p>At most <math alttext="v=\\sqrt{2E/m}"><mi>v</mi><mo>=</mo><msqrt><mfrac><mrow><mn>2</mn><mi>E</mi></mrow><mi>m</mi></mfrac></msqrt></math>,
    the engineer says.<sup><a href="#fn-3c5d01-1" id="fnref-3c5d01-1">1</a></sup></p>
    <p>On Monday morning the kiosk will open at six as usual. There is, Ms. Moll says, <strong>always somebody who has not heard</strong>.</p>
    <ol class="footnotes"><li id="fn-3c5d01-1">From the log of the engine room. <a href="#fnref-3c5d01-1">↩</a></li></ol>
    """,
    kicker="Island life",
    standfirst="For forty years the Wilhelmina carried the island's brides, bicycles and bad weather. On Saturday she made her last crossing.",
    people=(
        Person(name="Amara Diallo", url="https://harbour.example/people/diallo"), Person(name="Piet van Loon"),
        Person(name="Jonas Brandt", role="photographer"), Person(name="Li Wen", role="contributor"),
    ),
    published=stated(NOW - timedelta(hours=2), 60), modified=stated(NOW - timedelta(hours=1), 60), language="en",
    site_name="The Harbour Gazette",
    lead_image=picture(1, alt="The ferry at its berth", caption="The Wilhelmina on Saturday night, a little before ten.", credit="Jonas Brandt"),
    notes=(
        Note(kind="contributor", html=sanitize("<p>Li Wen contributed reporting from the mainland.</p>")),
        Note(kind="correction", html=sanitize("<p>Correction: an earlier version gave the length of the bridge in miles.</p>")),
    ),
    editions=(LanguageEdition(url="https://jiangan.example/ferry", language="zh-Hans"), LanguageEdition(url="https://deich.example/f", language="de")),
)  # fmt: skip

RIVER = article(
    "江水退去之后，渔村重新数了一遍自己的船",
    """
    <p>清晨五点，雾还没有散，老陈已经在码头上数船。“一、二、三……”他数到二十七便停下来，因为第二十八条船在七月的那场大水里被冲到了下游，<em>至今没有找到</em>。</p>
    <p>村里人说，今年的水比往年来得早，也走得慢。县水文站的记录显示，最高水位出现在七月十九日凌晨三点，达到三十一点四二米，距离堤顶只差四十厘米。</p>
    <h2>“我们先修学校，再修码头”</h2>
    <p>村委会在祠堂里开了三次会，最后决定把第一笔修缮款用在小学。校长<a href="/zhou">周敏</a>（Zhou Min）说，孩子们九月一日照常开学，只是操场上多了一条搁浅的木船，“谁也舍不得搬走”。</p>
    <figure><img src="http://pictures.example/5-1000x667.svg" width="1000" height="667" alt="码头"><figcaption>水退之后的码头，木桩上还留着水痕。 <cite>何远 摄</cite></figcaption></figure>
    <blockquote><p>船可以再造，名字不能再起一遍。</p></blockquote>
    <p>到了十一月，新船下水的那天，全村人都来了。船头用红漆写着旧船的名字。</p>
    """,
    host="jiangan.example", kicker="大河上下", standfirst="一场迟来的洪水带走了一条船，也让这座两百户人家的村子重新学会了开会。",
    people=(Person(name="何远"), Person(name="陈思"), Person(name="Amara Diallo", role="translator")), language="zh-Hans",
    lead_image=picture(4, caption="十一月的清晨，新船在江边下水。", credit="何远/江岸日报"), published=stated(NOW - timedelta(hours=4), 480),
    notes=(Note(kind="translator", html=sanitize("<p>翻译：Amara Diallo</p>")),), site_name="江岸日报",
    editions=(LanguageEdition(url="https://harbour.example/river", language="en", relation="original"),),
)  # fmt: skip

LIGHTHOUSE = article(
    "灯台守のいない夜、岬の灯は今もひとりで回る",
    """
    <p>岬の灯台に最後の灯台守がいたのは、一九八九年の春までのことだ。いまは無人の灯が十二秒に一度、沖へ向かって光を投げる。</p>
    <p>元灯台守の<ruby>佐伯<rt>さえき</rt></ruby>さん（八十四）は、毎週土曜日になると坂道を登り、レンズを磨く。「頼まれてはいません。けれど、曇ったままにしておくのは<em>失礼</em>でしょう」と笑う。</p>
    <h2>観光客が増えた理由</h2>
    <p>ここ三年で訪れる人は倍になった。町は駐車場を広げる計画を立てたが、住民の多くは反対している。理由は単純で、駐車場の灯りが灯台より明るくなるからだ。</p>
    <p>来月、町議会は計画を採決する。</p>
    """,
    host="misaki.example", kicker="海と町", standfirst="無人になって三十七年。それでも毎週土曜、レンズを磨きに坂を登る人がいる。",
    people=(Person(name="森下 遥"),), language="ja", lead_image=picture(6, (1200, 900), caption="夕暮れの岬。灯台は無人になって三十七年になる。", credit="岬新聞"),
    published=stated(NOW - timedelta(hours=7), 540), site_name="岬新聞",
)  # fmt: skip

MARKET = article(
    "سوق السمك القديم يفتح أبوابه من جديد، والميزان هو نفسه",
    """
    <p>قبل أن يطلع الفجر بقليل، رفع أبو سليم الباب الحديدي الذي ظل مغلقًا سبع سنوات، ثم مسح الغبار عن ميزان جده ووضع عليه أول سمكة.</p>
    <p>يقول الصيادون إن السوق لم يكن مكانًا للبيع فقط: «كنا نعرف هنا أخبار البحر قبل أن تصل إلى <a href="/radio">الإذاعة</a>». وقد رممت البلدية السقف الخشبي وأبقت على الأقواس الحجرية كما هي.</p>
    <h2>سبع سنوات من الانتظار</h2>
    <p>بدأت أعمال الترميم عام 2019 وتوقفت مرتين. وبلغت كلفتها 4.2 مليون، دفع أهل الحي نصفها من صندوق مشترك أسسته <strong>جمعية المرفأ</strong> (Marfa Society).</p>
    <blockquote><p>البحر لا يغلق أبوابه، فلماذا نغلق نحن؟</p></blockquote>
    <ul><li>أربعون بسطة للصيادين.</li><li>مقهى صغير عند الباب الشرقي.</li><li>مدرسة لإصلاح الشباك.</li></ul>
    <p>ومع الظهيرة كان السمك قد نفد، وبقي الناس.</p>
    """,
    host="marfa.example", kicker="المدينة", standfirst="بعد سبع سنوات من الإغلاق، عاد الصيادون إلى أماكنهم تحت الأقواس الحجرية.", direction="rtl",
    people=(Person(name="ليلى منصور"), Person(name="كريم حداد", role="photographer")), language="ar",
    lead_image=picture(7, caption="الميزان الذي ورثه أبو سليم عن جده.", credit="كريم حداد"), published=stated(NOW - timedelta(hours=9), 180),
    notes=(Note(kind="contributor", html=sanitize("<p>شاركت في التغطية سلمى نور.</p>")),), site_name="جريدة المرفأ",
)  # fmt: skip

DIKE = article(
    "Deichschauverordnung: Warum Schafe künftig einen Sachkundenachweis brauchen",
    """
    <p>Wer auf dem Deich weidet, verdichtet den Boden. Das ist erwünscht, seit es Deiche gibt; nun aber verlangt die
    Küstenschutzaufsichtsbehörde einen Nachweis, dass die Tiere dabei <em>gleichmäßig</em> auftreten.</p>
    <p>„Wir haben das Formular zuerst für einen Scherz gehalten“, sagt Schäferin Wiebke Petersen. Inzwischen hat sie 412 Stück davon
    ausgefüllt, eines für jedes Tier.</p>
    <pre><code>Formular K-17  Trittlast (kg) = Masse / 4 * Anzahl der gleichzeitig auf dem Deich befindlichen Tiere</code></pre>
    <p>Die Behörde will die Regelung nach der Sturmflutsaison überprüfen.</p>
    """,
    host="deich.example", kicker="Küstenschutz", standfirst="Eine neue Verordnung regelt den Tritt der Tiere. Die Schäferin hat 412 Formulare ausgefüllt.",
    people=(Person(name="Wiebke Harms"),), language="de", lead_image=picture(8, (900, 1200)), published=stated(NOW - timedelta(hours=11), 60),
    completeness="teaser", access="paywalled",
)  # fmt: skip


def brief(title: str, text: str, **fields: object) -> Article:
    return article(title, f"<p>{text}</p>", text=text, language="en", **fields)


OLD_FERRY = replace(FERRY, title="The last night ferry leaves on time", notes=())

ARTICLES = (
    stored(1, HARBOUR, FERRY, hours=2, revision=2),
    stored(2, JIANGAN, RIVER, hours=4),
    stored(3, MISAKI, LIGHTHOUSE, hours=7),
    stored(4, MARFA, MARKET, hours=9),
    stored(5, DEICH, DIKE, hours=11),
    stored(6, HARBOUR, brief("Fog bell stolen; thief apologises by postcard", "The bell of the north mole was returned by post on Friday.", lead_image=picture(9)), hours=20),
    stored(7, HARBOUR, brief("Council votes 7–6 to count the gulls again", "The first count, the opposition says, included a weather vane."), hours=27),
    stored(8, JIANGAN, article("夜里十点的书店，只卖一本书", "<p>店主每周只选一本书。</p>", host="jiangan.example", language="zh-Hans", text="店主每周只选一本书。"), hours=30),
    stored(9, HARBOUR, brief("Tide tables, and how to disbelieve them", "A retired pilot explains.", completeness="partial", lead_image=picture(10, (800, 800))), hours=52),
    stored(10, DEICH, article("Wattwanderung fällt aus", "<p>Das Wasser war schneller.</p>", host="deich.example", language="de", text="Das Wasser war schneller."), hours=60),
)  # fmt: skip

REVISIONS = (
    Revision(article_id=ARTICLES[0].id, number=1, content_hash="1-1", fetched_at=NOW - timedelta(hours=2), exchange_ids=(), article=OLD_FERRY),
    Revision(article_id=ARTICLES[0].id, number=2, content_hash="1-2", fetched_at=NOW - timedelta(hours=1), exchange_ids=(), article=FERRY),
)


def of(paper: Source) -> tuple[StoredArticle, ...]:
    return tuple(one for one in ARTICLES if one.source_id == paper.id)
