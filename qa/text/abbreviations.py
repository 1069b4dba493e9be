"""Words that end in a full stop without ending a sentence, and words that begin one."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Each in lower case and without its last full stop.
TITLES = _set(  # before a person's name
    "adm ald amb archbp asst atty bp br brig bro capt cdr cdre chmn cllr cmdr cmdt col comdr const"
    " cpl cpo cpt dep det dir dr eng engr ens esq fr gen gov hon insp jr lcpl lieut lt maj messrs"
    " mgr mlle mme mmes mr mrs ms msgr mt pfc pres prof profs pte pvt rep reps ret rev sec sen sens"
    " sgt sgts spc sr sra ssgt st ste supt"
)
COMPANIES = _set("a.g b.v bros co corp cos inc intl ltd mfg n.v natl pty s.a s.p.a")
BODIES = _set("admin assn assoc dept div govt inst lib org univ")
STATES = _set(
    "ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass mich minn miss mo mont neb"
    " nev okla ont ore pa que tenn tex va vt wash wis wyo"
)
DATES = _set(
    "jan feb mar apr jun jul aug sep sept oct nov dec"
    " mon tue tues wed weds thu thur thurs fri sat sun"
)
NUMBERED = _set(  # before a number
    "apt ch chap cl eq fig figs no nos nr op p para pg pp reg rm sched sec sect ver vol vols"
)
LEADING = _set(  # always before what they belong to
    "a.k.a aka approx c ca cf e.g eg esp est excl fl i.e ie incl nee née viz vs v re"
)
UNITS = _set(
    "cc cl cm cwt deg dl doz ft g gal gm gr hr hrs in kg km kr kw l lb lbs m mg mi min mins ml mm"
    " mph oz pct pt qt sec secs sq st tbsp tsp yd yds yr yrs"
)
HOURS = _set("a.m am p.m pm")
STREETS = _set("blvd ct hwy ln pkwy rd")  # the last word of a street's name, so before no name
ERAS = _set("a.d ad b.c bc b.c.e bce c.e ce")

# What stands after an hour: `9 a.m. Monday`, `6 p.m. EST`.
AFTER_HOUR = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december eastern central mountain pacific atlantic"
    " gmt utc bst cet cest est edt cst cdt mst mdt pst pdt et ct mt pt ist jst aest"
).union(DATES)
LETTERED = _set(  # what a single letter names: `vitamin C`
    "appendix block category channel class exhibit form grade group hepatitis influenza level"
    " option part phase plan route schedule section series step team tier type unit vitamin war"
)
NAMES_WITH_MARKS = _set(  # of firms, shows and bands
    "e! jeopardy! joomla! wham! yahoo! yum!"
)

# Capitalised, they begin a sentence rather than a name.
STARTERS = _set(
    "a about according after again all almost also although always among an and another any anyone"
    " are as at because before both but by can could despite did do does during each earlier either"
    " even every everyone few for from had half has have he hence her here his how however i if in"
    " indeed inside instead into is it its just last later less like many maybe meanwhile more"
    " moreover most much my nearly neither never nevertheless next no nobody none nor nothing now"
    " of often on once one only or other others our out over perhaps she should since so some"
    " someone soon still such than that the their them then there therefore these they this those"
    " though through thus to today together tomorrow tonight under unlike until up was we were what"
    " when where whether which while who whoever whom whose why will with within without would yes"
    " yesterday yet you your"
)
PRONOUNS = _set(  # no name of anybody, so even after a title
    "and but he her his however i if it its meanwhile my our she that the their then there these"
    " they this those we when while you your"
)
PEOPLE = _set(  # who begins a sentence after "in the U.S."
    "activists analysts authorities campaigners children citizens companies critics doctors"
    " economists employers experts families farmers firms immigrants investigators investors"
    " lawmakers lawyers leaders men officials opponents parents patients people police politicians"
    " prices prosecutors protesters residents researchers schools scientists shares students"
    " supporters teachers users visitors voters witnesses women workers"
)
SAID = _set(
    "added admitted agreed announced answered argued asked asks began called claimed complained"
    " continued cried declared demanded exclaimed explained insisted joked laughed murmured noted"
    " observed posted recalled remarked repeated replied responded roared said says screamed"
    " shouted snapped stated told tweeted warned whispered wondered writes wrote yelled"
)
