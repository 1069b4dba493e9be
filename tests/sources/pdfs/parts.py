"""What stands in several documents: tables, notes, compounds, texts from right to left."""

SHIPS = [
    ["Ship", "Home port", "Length", "Crew"],
    ["Aurora", "Porto Lindo", "31 m", "9"],
    ["Boreal", "San Telmo", "28 m", "7"],
    ["Cisne", "Finders Bay", "44 m", "12"],
    ["Delfim", "Porto Lindo", "19 m", "4"],
]
VOTES = [
    ["Party", "For", "Against", "Absent"],
    ["Harbour List", "7", "1", "0"],
    ["Island Party", "0", "5", "1"],
    ["Greens", "3", "2", "0"],
    ["Independent", "1", "1", "2"],
]
WORKS = [
    ["Work", "What it includes", "Cost in pounds"],
    [
        "Bearings",
        "Sixteen new bearings of steel, with the jacks to lift the deck by 40 mm",
        "4,100,000",
    ],
    ["Deck", "New concrete on the northern half, and a seal against salt all along", "3,600,000"],
    [
        "Detour",
        "Signs, two sets of lights and a temporary footbridge for eleven months",
        "1,250,000",
    ],
]
COMPOUNDS = [
    "The well-known mayor of Stratford-upon-Avon, a long-time member of the co-operative society,"
    " spoke of a once-in-a-lifetime chance for the north-western suburbs and their run-down"
    " high-rise flats.",
    "Non-NATO ships and an Anglo-Saxon cross were seen by a 34-year-old lorry-driver between the"
    " 3-4 March meeting and the all-party vote on the long-term plan.",
    "His mother-in-law, a part-time book-keeper, called the half-finished sea-wall an ill-advised,"
    " cost-cutting, short-sighted and poorly-thought-out exercise in self-congratulation.",
    "The anti-corruption office opened a follow-up inquiry on Friday, and a decision-making panel"
    " of twenty-one people will hear the so-called whistle-blower in mid-November.",
]
HEBREW = (
    "הנמל נפתח",
    [
        "הנמל של העיר הקטנה נפתח ביום שני אחרי תשע שנים של עבודה קשה, ומאות אנשים באו לראות את"
        " האונייה הראשונה נכנסת אליו.",
        "הוא עלה ארבעים מיליון שקלים, אמרה ראש העיר. הדייגים היו הראשונים שהשתמשו בו.",
        "רציף שני ייבנה בעוד שש שנים אם הכנסת תסכים לשלם חצי מן המחיר.",
    ],
)
ARABIC = (
    "افتتاح الميناء الجديد",
    [
        "افتتح ميناء المدينة الصغيرة يوم الاثنين بعد تسع سنوات من العمل، وجاء مئات الناس ليروا"
        " السفينة الأولى تدخله.",
        "كلف الميناء أربعين مليون دينار، قالت رئيسة البلدية. وكان الصيادون أول من استخدمه.",
        "سيبنى رصيف ثان بعد ست سنوات إذا وافق البرلمان على دفع نصف الثمن.",
    ],
)

NOTES = (
    ("note", "1", "The town’s accounts for 2023, volume 2, page 114, without the dredging."),
    ("note", "2", "Measured by the university’s coast laboratory. It used two buoys."),
)
CAPTION = ("caption", "The new quay on the morning of its opening. Photo: Lena Moss")
PULL = ("pull", "“We waited for half a lifetime.”")
FACTS = (
    "box",
    [
        "The lock in figures",
        "It is 12 metres wide and 90 metres long.",
        "Some 4,000 boats pass it each year.",
    ],
)
