"""Invented news stories, which the PDFs of the suite are set from."""

HARBOUR = (
    "Porto Lindo opens its harbour after nine years",
    [
        "The harbour of Porto Lindo opened on Monday after nine years of work, and hundreds of"
        " people came to see the first ship enter it. The Aurora, a trawler of 31 metres, tied up"
        " at half past ten.",
        "It cost 40 million euros, which the town paid from its own funds, said its mayor, Ana"
        " Reis. The fishermen, who had asked for it since 1987, were the first to use it.",
        "“We waited for half a lifetime,” said Joaquim Teles, who owns two boats. “My father did"
        " not live to see it.”",
        "The breakwater is 410 metres long and stands on 6,200 blocks of concrete, each of them"
        " heavier than a loaded lorry. Engineers expect it to hold against waves of nine metres.",
        "Not everybody was pleased. The owners of three hotels on the eastern beach say that the"
        " sand has begun to move and that the town has not measured how much is lost.",
        "A second pier is to follow in 2031, if the parliament agrees to pay for half of it. The"
        " vote is expected before the summer.",
        "Until then ferries will go on landing at the old quay, which is closed whenever the wind"
        " blows from the south-west. That happened on 46 days last year.",
    ],
)
CLINIC = (
    "Village clinic saved by a lottery ticket",
    [
        "A clinic that serves five mountain villages will stay open after a patient gave it half"
        " of a lottery prize. The health board had planned to close it on 30 June.",
        "Dr. Ines Okafor, who has run the clinic for 22 years, said that she first took the call"
        " for a joke. “He asked me what a new roof costs,” she said.",
        "The donor, a retired well-digger from Upper Senn, won 1.9 million francs in February. He"
        " asked that his name should not be printed.",
        "The board confirmed on Thursday that the money covers the clinic’s rent, its heating and"
        " a part-time nurse until 2036. It will review the decision in that year.",
        "Some 2,300 people live in the five villages, a third of them older than seventy. The next"
        " hospital is 54 minutes away by road in summer and cannot be reached at all on some days"
        " in winter.",
        "The cantonal council turned down a request for help twice, in 2022 and again last"
        " November. Its spokesman, Mr. Brandt, said the rules left no choice.",
        "In the inn of Lower Senn the news was met with a round of plum brandy. “Nobody here ever"
        " wins anything,” the landlord said.",
    ],
)
BRIDGE = (
    "Engineers warned of bridge cracks two years before closure",
    [
        "Cracks in the Millbrook bridge were reported to the county two years before it was"
        " closed, documents show. The report, dated 4 May 2023, calls them “a matter of urgency”.",
        "The bridge carries 18,000 vehicles a day and was shut without notice on 11 March. Drivers"
        " have since been sent on a detour of 27 kilometres.",
        "The county’s head of roads, Helen Marsh, said the report had been read and filed. She"
        " denied that anybody had tried to hide it.",
        "Repairs would have cost 3.2 million pounds in 2023, according to the engineers. The same"
        " work is now put at 11 million, because the bearings have to be replaced as well.",
        "Shopkeepers on the northern bank say that they have lost four customers in ten. Two of"
        " them have closed for good, among them a bakery that had stood there since 1921.",
        "“Nobody told us that it could happen,” said the baker, Tom Pell. “We would have moved.”",
        "An inquiry led by a former judge, Sir Alan Reeve, begins on 2 September. It is to publish"
        " what it finds before the end of the year, and the county has promised to print it in"
        " full.",
    ],
)
WHALES = (
    "Humpback whales return to a bay they had left for a century",
    [
        "Humpback whales have returned to Finders Bay for the first time since 1919, scientists"
        " said on Wednesday. At least fourteen animals were counted between May and August.",
        "The whales were hunted until none was left. The last whaling station on the bay closed"
        " 106 years ago, and its boilers still rust on the beach.",
        "Marine biologist Petra Lund followed the animals with a drone that weighs less than a"
        " loaf of bread. It filmed two calves, one of them only a few days old.",
        "Why they came back is not known. Warmer water has driven herring north, and the whales"
        " may simply have followed their food, Dr. Lund said.",
        "Fishing crews are asked to keep 300 metres away. A crew that ignored the rule in July was"
        " fined 8,000 kroner.",
        "The town has applied for money to build a watching tower, but no more than sixty visitors"
        " a day are to be let in. “We do not want to chase them away again,” said the mayor.",
        "A longer study, paid for by the university, is to start in the spring. It will listen for"
        " the whales’ songs through the winter with nine underwater microphones.",
    ],
)
SCHOOL = (
    "School swaps homework for an hour of reading",
    [
        "A secondary school in Aldenham has stopped setting homework and asks its 640 pupils to"
        " read for an hour a day instead. The trial runs until Easter.",
        "Pupils may read whatever they like, from comics to timetables, as long as it is printed."
        " Parents sign a card each evening.",
        "Head teacher Ruth Calder said that marks in mathematics had risen slightly since"
        " September and that lateness had halved. She warned against drawing conclusions yet.",
        "The teachers’ union called the plan well-meant but hasty. It fears that pupils who have"
        " no quiet room at home will fall behind.",
        "The library on Ferry Street lent 4,118 books to children in October, three times as many"
        " as a year before. It has hired a second librarian and opens on Sundays.",
        "Fourteen-year-old Sam Osei has read eleven novels. “I used to copy my homework on the"
        " bus,” he said. “You cannot copy a book.”",
        "An independent panel will compare the school with two others in the county. Its report is"
        " due in June, and the governors will decide then.",
    ],
)
WATER = (
    "Town cuts its water use by a third in one dry summer",
    [
        "Residents of San Telmo used 34 per cent less water this summer than last, the utility"
        " said. No fines were issued.",
        "The reservoir above the town fell to 19 per cent of its capacity in August, the lowest"
        " level since it was built in 1968. A drowned chapel came to light.",
        "Every household was sent a letter that compared its use with that of its street. “People"
        " do not want to be the worst on the list,” said the utility’s director, Carmen Soto.",
        "Farmers, who use two thirds of the region’s water, were not part of the scheme. Their"
        " association says that drip irrigation would cost 12,000 euros a hectare.",
        "Hotels reported few complaints, although pools were closed for eleven weeks. One of them"
        " offered guests a glass of wine for each shower they did without.",
        "Rain is expected in the last week of September. The limits will stay until the reservoir"
        " is half full, which could take until February.",
        "The national water agency wants to try the letters in eight other towns. It has put aside"
        " 2.5 million euros for them.",
    ],
)
STRIKE = (
    "Bakers end their strike with a shorter night",
    [
        "Bakers in the capital went back to their ovens on Friday after a strike of nineteen days."
        " They will start work at four instead of two in the morning.",
        "The agreement was signed shortly before midnight in a room above the grain exchange. It"
        " covers 1,140 bakers in 212 shops.",
        "Wages rise by 5 per cent in January and by another 3 per cent a year later. The bakers"
        " had asked for 11.",
        "The guild’s chairwoman, Odile Ferrand, called it a fair bargain. “We lost a little bread"
        " and won a little sleep,” she said.",
        "Owners of small shops are less content. They say that fresh rolls cannot be ready before"
        " seven, by which time many customers are at work.",
        "Supermarkets, which bake from frozen dough, sold twice as much bread as usual while the"
        " strike lasted. None of them took part in the talks.",
        "A similar dispute in the port city is still open. The bakers there have called a vote for"
        " 9 October.",
    ],
)
TRAIN = (
    "Night train to the coast runs again after twelve years",
    [
        "The night train between the capital and the coast has come back after twelve years. The"
        " first one left at 21.48 on Sunday with every berth taken.",
        "It needs nine hours and a quarter for 870 kilometres, and stops at eleven stations. A bed"
        " in a shared cabin costs 69 euros.",
        "The carriages are second-hand. They were built in 1983 for another railway, stripped to"
        " the frame and fitted with new bunks, showers and sockets.",
        "“It creaks a little, but so do I,” said the oldest passenger, Vera Lindqvist, who is 91.",
        "The operator needs 160 passengers a night to cover its costs. It has sold 41,000 tickets"
        " for the first year, three quarters of what it hopes for.",
        "The transport ministry pays nothing towards the train, but has lowered the charges for"
        " using the track at night. Airlines have complained about this in Brussels.",
        "A second line, to the mountains, may follow in December 2027. It depends on the repair of"
        " a tunnel that was flooded in the spring.",
    ],
)
MUSEUM = (
    "Stolen cello comes home in a taxi",
    [
        "A cello that was stolen from the town museum in 1994 has come back in the boot of a taxi."
        " The driver says that he was paid 200 crowns to deliver it.",
        "The instrument was made in 1741 and is worth about 3 million crowns. Its bow is still"
        " missing.",
        "Curator Lena Moss knew it at once by a burn on its back. “A candle fell on it in 1802,”"
        " she said. “It is written in the parish book.”",
        "The police have asked the driver for a description of his customer, a woman in her"
        " sixties with a grey coat. They do not suspect him of anything.",
        "Theft of this kind can no longer be prosecuted after thirty years. That limit was reached"
        " in October, six weeks before the cello appeared.",
        "It will be played at a concert on 6 January, after a restorer has closed two cracks. All"
        " 340 seats were gone within an hour.",
        "The museum has since changed its locks for the first time in 48 years. The old key hangs"
        " beside the cello’s case.",
    ],
)
FOREST = (
    "Beetles fell more trees than the storm did",
    [
        "Bark beetles have destroyed 71,000 trees in the state forest, more than the great storm"
        " of 2007. Foresters say the worst is still to come.",
        "Three dry years have left the spruces without the resin they defend themselves with. A"
        " healthy tree can drown some two hundred beetles; a thirsty one gives in to twenty.",
        "The felled timber is sold for a third of its usual price. The state expects a loss of 26"
        " million euros, said the forest minister, Jan Korbel.",
        "On the cleared slopes the foresters are planting oak, cherry and silver fir. Deer eat"
        " every second sapling, so that hunters have been asked to shoot more of them.",
        "Environmental groups want a tenth of the forest to be left alone. “Dead wood is not"
        " waste,” said Mira Havel of the Society for Wild Woods. “It is a nursery.”",
        "The sawmills are working at night. One of them, in Lower Aue, has put up lights so strong"
        " that villagers measured them and went to court.",
        "The court will hear the case in November. The mill’s owner says that he will have run out"
        " of trees by then.",
    ],
)
STORIES = (HARBOUR, CLINIC, BRIDGE, WHALES, SCHOOL, WATER, STRIKE, TRAIN, MUSEUM, FOREST)
