"""Lines that news pages put around and into an article, known by their words."""

import re

from qa.sources.web.blocks import Block
from qa.sources.web.dates import iso_date
from qa.sources.web.wording import phrases

MAX_LINE = 260  # characters; what is longer is text, whatever it begins with
MAX_STAMP = 120
MAX_PLEA = 600
_BULLET = r"(?:[▶►>»→+•*\-–—\[(])?\s*"
_TAIL = r"\s*[\])]?\s*[.:…!>»→]*"

# A line is one of these if that is all it says.
_LINE = phrases(
    """
    # Advertising
    (advertisement,advertisements,advertisment,advert,adverts,ad,ads)
    (from our,our) (sponsor,sponsors)
    (ad,ads,video ad) feedback
    (sponsored,promoted) [content]
    paid (content,post)
    (story,article) continues below ..
    continue reading ...
    skip (to,past,ad,ads,advert*) ...
    (after,end,end of) [the] (promotion,newsletter) ...

    # Sharing and keeping
    (share,shares)
    share (this,on,via,with,full,article,story,page,to,by,the) ..
    tweet [this]
    (copy,get) [the] [short] (link,url,permalink) ...
    link copied
    (email,e-mail,print,save,bookmark,gift) [this]
    (email,e-mail,print,save,bookmark,gift) this ...
    save (article,story,for later)
    saved
    (facebook,twitter,x,whatsapp,whats app,linkedin,pinterest,reddit,telegram,pocket,flipboard)
    (messenger,bluesky,threads,instagram,youtube)

    # Comments
    (leave,post,add,write) a comment ...
    (view,see,read,show,hide,load,join) [all,the,more,other,9] [the] (comment,comments) ...
    (view,see,read,show,hide,load,join) [all,the,more,other,9] [the] (conversation,discussion) ...
    (view,see,read,show,hide,load,join) [all,the,more,other,9] [the] replies ...
    [no,9] (comment,comments,share,shares,view,views,like,likes,read,reads,replies,reactions) [9]
    (comment,comments) (are closed,off,disabled) ...
    [blog] comments powered by ..
    (tell us,let us know) what you think ..
    reply

    # Reading on
    (read,see,watch,listen,view) (also,more,next,now,later,all)
    (read,see,watch,listen,view) (also,more,next,now,later,all) (here,about,on,from) ...
    (read,see,watch,listen,view) (also,more,next,now,later,all) (at,in,stories) ...
    (read,see,watch,listen,view) [the] full ~
    (more,less)
    (show,view,load,see) (more,less,all) [~] [~] [~]
    related [stories,articles,news,topics,topic,content,coverage,links,link,posts,post,reading]
    related [story,article,tag,tags]
    recommended [stories,articles,for you,reading,videos,video]
    (most,top) (read,popular,viewed,shared,stories,watched) [~] [~] [~] [~]
    trending [~] [~]
    more (from,on,in,stories,news,to read,to explore,like this,top stories,coverage) ..
    latest (news,stories,headlines,posts,videos,video)
    you (may,might) [also] (like,be interested,enjoy) ...
    (what to read next,read next,up next,around the web,from the web,further reading)
    (in this article,in this story,on this story,editor's picks,editor's pick,editors' picks)
    (popular now,popular stories,popular posts)
    don't miss ...
    also on ..

    (like,enjoy,enjoyed) this (story,article,post) .. share it ..
    (related,also) (roundup,roundups)
    buyer's guide ..

    # Accounts, newsletters and apps
    (sign,log) (up,in,on)
    (signup,signin,login,logon)
    (sign,log) (up,in,on) (to,for,here,now,with,or,and) ...
    subscribe
    subscribe (to,for,now,today,here,and,from) ...
    register [now,here,for free]
    [my] account
    (newsletter,newsletters)
    get (the,our,more) .. (newsletter,inbox,app) ..
    download (the,our) .. app ..
    (follow,following)
    (follow,following) (us,me,them,him,her,on,topic,topics,along,this,the) ...
    join (us,our,the) .. (whatsapp,telegram,channel,newsletter,facebook,community) ..
    like us on ..
    click here ...
    tap (here,to) ..

    # The small print
    (©,copyright) ...
    all rights reserved
    terms
    terms (of,and) ..
    (privacy,cookie) [~]
    accept [all] [cookies]
    (reject,decline) [all]
    manage (cookies,preferences,options)
    (ok,okay) [got it]
    (i agree,close,dismiss,cancel,menu,search,home,back to top,top,back,next,previous,prev)
    (correct,report) [a,an] (error,typo,problem,mistake) ...
    send [us] [a] (tip,tips,feedback,correction,corrections) ...
    give [us] feedback ...
    was this (article,story,page) ...
    thank you for (reading,subscribing,signing) ...
    (have,got,do you have) [a] [news] (tip,story) ..

    # Players and what a page cannot show
    9 (min,mins,minute,minutes)
    9 (min,mins,minute,minutes) (read,listen,watch,reading time)
    [estimated] reading time ..
    (listen,watch,play)
    (listen,watch,play) (to,on,this,live,now,video,audio) ..
    (audio,video,photo,image,gallery,live,exclusive,breaking,updated,new,opinion,analysis,news)
    (podcast,explainer)
    (audio,video,photo,image,gallery,news) (by,player,source,gallery,news)
    (loading,please wait) ..
    (allow,accept,enable,turn on) [all] (cookies,tracking,javascript,external*) ...
    please (turn on,enable,allow) ...
    this (slideshow,video,site,page,content) requires ..
    this (content,embed,video,post,tweet) (is,could,can,has,was,may) ...
    to (view,see,watch,show) this (content,embed,video,post,tweet) ...
    your (browser,device) ...

    # Pictures and labels
    (author:,publish date:,published by:) ..
    (enlarge,expand,toggle) [this] [image,caption]
    hide caption
    caption
    (image,photo,picture) copyright ..
    (image,photo,picture,video) (caption,captions)
    (image,photo,picture,video) (credit,source,credits,sources) ..
    getty [images]
    """,
    _BULLET,
    _TAIL,
)

# A label, a mark, and what it stands for: `Read also: Storm closes harbour`, `Photo: Ada Kay`.
_MARK = r"\s?[:|>»→–—].{1,200}"
_LABELLED = phrases(
    """
    (read,see,watch,also read,also see,related,more,recommended,don't miss,you may also like)
    (editor's pick,editor's picks,editor's choice,in pictures,explainer,opinion,analysis)
    (go deeper,further reading,more on this,also on,next,previous,previously)
    (read,see,watch,related,more,recommended) (also,more,next,stor*,article*,news,reading,link*)
    (read,see,watch,related,more,recommended) (content,topic*,coverage,post*,for you)
    """,
    _BULLET,
    _MARK,
)
_CREDITED = phrases(
    """
    (photo*,image*,picture*,illustration*,credit,credits,source,sources)
    (photo*,image*,picture*,illustration*,credit,source) (by,credit,from,courtesy,courtesy of)
    """,
    _BULLET,
    r"\s?[:/]\s?.{1,80}",
)
_FILED = phrases(
    """
    (tag,tags,topic,topics,filed under,category,categories,keyword,keywords,label,labels)
    (posted in,section)
    """,
    _BULLET,
    r"\s?:.{0,200}",
)
_CODES = re.compile(  # 12:04 / 30:00; 3 of 12; #harbour #storm; a blog's [code] that nobody ran
    r"\d{1,2}:\d\d(?:\s?/\s?\d{1,2}:\d\d)?|\d+\s?(?:/|of)\s?\d+|#\w+(?:\s#\w+)*"
    r"|\[(?P<code>\w+)(?: [^\]]*)?\].{0,120}\[/(?P=code)\]"
)

# A heading of these begins what follows after an article.
_ENDS = phrases(
    """
    related ..
    recommended ..
    more [great,top] (from,on,stories,news,coverage,to read,in,like) ..
    more [great,top] ~ stories
    most (read,popular,viewed,shared,watched) ..
    trending ..
    read (more,next,also) ..
    you (may,might) ..
    [9] (comment,comments) ..
    [join the] (conversation,discussion) ..
    leave a ..
    (latest,top,other) (news,stories,from,headlines) ..
    other top ..
    (editor's,editors',editor) pick* ..
    popular (now,stories,posts) ..
    what to read ..
    up next ..
    (around,from) the web ..
    about the author ..
    share this ..
    further reading ..
    also (on,read,in) ..
    don't miss ..
    (newsletter,sign up,subscribe,follow us) ..
    """,
    after=r"[:…]?",
)

# A sentence that begins so speaks to the readers, of the paper and not of the news.
_PLEA = phrases(
    """
    [please] (follow,like,join,find) (us,our,the,him,her,me,them) .. (on,at) (twitter,x,facebook)
    [please] (follow,like,join,find) (us,our,the,him,her,me,them) .. (on,at) (instagram,telegram)
    [please] (follow,like,join,find) (us,our,the,him,her,me,them) .. (on,at) (whatsapp,youtube)
    [please] (follow,like,join,find) (us,our,the,him,her,me,them) .. (on,at) .. channel
    follow ~ on (twitter,x,facebook,instagram,telegram,whatsapp,youtube,threads,bluesky,linkedin)
    for [the] (latest,more) .. (download,visit,click,follow,sign,subscribe,go to)
    (sign up,subscribe) (to,for,here)
    (download,get) (the,our) .. app
    we want to hear
    submit a letter
    [do you] have a (story,tip,question)
    do you have (a,any,more) .. (story,tip,information,question)
    stay (up to date,informed,tuned)
    if you (enjoyed,liked,value)
    if you have a (tip,story)
    (thanks,thank you) for reading
    [this article,this story,this post] (originally,first) (appeared,published) (on,in,at)
    this (material,content,site) (may,is,and)
    (©,copyright)
    as you comment
    join (our,the) ~ (forum,forums)
    need more ~
    listen to ~ live
    if you (buy,purchase) .. through
    (~,we) may (get,earn,receive) .. (commission,share)
    get (access,~ ~ ~) .. (subscription,delivered)
    [the] ~ ~ is committed to publishing .. letters
    there's plenty more where that came from
    [want] more ~ join the
    """
)
_WRITE_TO = re.compile(r"(?i)(?:you can )?(?:e-?mail|contact|reach|write to) .{0,80}@")
_ASKS = phrases(
    """
    (subscribe,support,donate,sign up,join,become a,contribute,give,register,get the,try,start)
    """,
    after=r"\b",
)

_STAMP_WORDS = set(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun
    published publish updated modified posted created edited first last originally on at of a an
    date time ago now just today yesterday local
    minute minutes min mins hour hours hr hrs h day days week weeks month months
    am pm p m st nd rd th t z
    utc gmt bst cet cest eet est edt et cst cdt ct mst mdt mt pst pdt pt ist jst hkt sgt aest aedt
    """.split()
)
_SINCE = {"ago", "today", "yesterday", "now"}  # that date a line without a figure
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_PLAIN_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:,?\s+\d{1,2}[:.]\d\d)?")
_SAYS = re.compile(r"\b(?:an?|the|is|was|are|were|has|have|had|will)\b")
_HALF_DAY = re.compile(r"\b[ap]\.m\.")  # whose full stop ends no sentence
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")


def is_line(text: str) -> bool:
    """Whether a line is one of those that news pages put into and around an article."""
    return len(text) <= MAX_LINE and any(
        line.fullmatch(text) for line in (_LINE, _LABELLED, _CREDITED, _FILED, _CODES)
    )


def is_stamp(text: str) -> bool:
    """Whether a line says no more than when something was published."""
    if len(text) > MAX_STAMP:
        return False
    tokens = _TOKEN.findall(text.lower())
    words = {token for token in tokens if not token.isdigit()}
    dated = any(token.isdigit() for token in tokens) or not words.isdisjoint(_SINCE)
    return bool(dated and words and words <= _STAMP_WORDS) or bool(_PLAIN_DATE.fullmatch(text))


def is_filed(text: str) -> bool:
    """Whether a line names a day and a year and says nothing of it."""
    text = _HALF_DAY.sub("", text)
    return bool(iso_date(text)) and not is_sentence(text) and not _SAYS.search(text)


def is_plea(text: str) -> bool:
    """Whether a sentence below an article speaks to its readers of the paper, not of the news."""
    return len(text) <= MAX_PLEA and bool(_PLEA.match(text) or _WRITE_TO.match(text))


def ends_article(block: Block) -> bool:
    """Whether a heading begins what follows after an article."""
    return block.words <= 10 and bool(_ENDS.fullmatch(block.text))


def asks_reader(block: Block) -> bool:
    """Whether a link or a button asks to pay, to sign up or to join."""
    return block.words <= 8 and bool(_ASKS.match(block.text))


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_SENTENCE.search(text))
