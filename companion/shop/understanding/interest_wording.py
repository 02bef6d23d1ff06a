"""How people say what somebody likes."""

from __future__ import annotations

import re

LIKES = re.compile(
    r"\b(?:(?:is|s|am|m|are|be|been|gone|got|gotten|became|become|also)\s+(?:really\s+|super\s+|so\s+|very\s+|totally\s+|completely\s+|big\s+|all\s+|just\s+|now\s+|absolutely\s+|properly\s+)*"
    r"(?:nuts\s+(?:about|for|over)|bonkers\s+(?:about|for)|daft\s+about|big\s+on|mad\s+(?:on|for|into)|wild\s+about|obsessed\s+(?:over|by)|fanatical\s+about|hot\s+on|besotted\s+with|devoted\s+to|getting\s+into|gotten\s+into)|"
    r"(?:can.?t|cannot)\s+get\s+enough\s+of|lives\s+for|lives\s+and\s+breathes|(?:just|recently|really)\s+got\s+into|(?:has\s+)?(?:taken|took)\s+up|wants?\s+to\s+(?:be|become)\s+an?|dreams\s+of\s+(?:being\s+an?)?|"
    r"(?:he|she|who|they)(?:.s|\s+is|\s+are|s)?\s+(?:has\s+decided\s+(?:that\s+)?(?:he|she|they)(?:.s|\s+is|\s+are|s)|thinks\s+(?:he|she|they)(?:.s|\s+is|\s+are|s)|pretends\s+to\s+be)\s+an?|(?:has\s+)?decided\s+(?:he|she|they)(?:.s|\s+is|\s+are|s)\s+an?|"
    r"used\s+to\s+(?:breed|keep|collect|play|love|race|train|teach|restore|build)|(?:he|she|who|they|also|and)\s+(?:keeps|breeds)(?=\s+(?:bees|chickens|hens|ducks|budgies|parrots|pigeons|snakes|reptiles|fish|rabbits|ferrets|canaries|finches|koi|alpacas|goats|horses|ponies)\b)|"
    r"supports|(?:read|reads|watched|watches|seen|knows)\s+(?:all\s+(?:of\s+)?the|every(?:\s+single)?)|listens?\s+to|hooked\s+on|swears\s+by|(?:takes|has|does|started)\s+(?=\S+\s+(?:lessons|classes)\b)|does(?=\s+(?:ballet|gymnastics|karate|judo|taekwondo|yoga|pilates|crossfit|triathlons|parkrun|drama|athletics|boxing|bjj|swimming|dance)\b)|"
    r"goes(?=\s+(?:fishing|climbing|hiking|running|swimming|camping|sailing|surfing|skiing|riding|bouldering|cycling|birdwatching|metal|geocaching|horse|wild)\b)|"
    r"(?:favou?rite|fave|fav)\s+(?:animal|thing|band|singer|show|game|film|movie|sport|team|character|book|series|hobby)s?\s+(?:is|are|at\s+the\s+moment\s+is)|anything\s+(?:to\s+do\s+with|about|related\s+to)|all\s+things|hobb(?:y|ies)\s*(?:is|are|:|include)|"
    r"ist\s+(?:total\s+|ganz\s+)?(?:verruckt|versessen)\s+(?:nach|auf)|hort\s+(?:aber\s+)?(?:(?:am\s+liebsten|gern[e]?|den\s+ganzen\s+tag|viel|oft|immer)\s+)?|sammelt|spielt|fahrt\s+auf|begeistert\s+von|steht\s+total\s+auf|"
    r"(?:esta\s+)?obsesionad[oa]\s+con|(?:es|e)\s+(?:muy\s+)?(?:fan|fa)\s+(?:de|do|da|del)|le\s+flipan?|loc[oa]\s+por|aficionad[oa]\s+(?:a|al)|colecciona|toca\s+(?:el|la|o|a)|juega\s+(?:a|al)|"
    r"(?:est\s+)?(?:folle|fou|dingue|accro)\s+(?:de|d|a|aux|au)|fait\s+(?:du|de\s+la|de\s+l)|collectionne|louc[oa]\s+por|coleciona|fissat[oa]\s+con|pazz[oa]\s+(?:per|di)|colleziona|suona\s+(?:il|la|l)|"
    r"(?:really\s+|absolutely\s+|just\s+|also\s+|still\s+)?(?:likes|(?<=who\s)like|(?<=they\s)like|(?<=both\s)like|loves?|loving|enjoys?|adores?)(?:\s+(?:to|the|doing|playing|watching|going))?|"
    r"(?:is|s|am|m|are|be|been)\s+(?:really\s+|super\s+|so\s+|very\s+|totally\s+|big\s+|all\s+)*(?:into|crazy\s+about|passionate\s+about|obsessed\s+with|interested\s+in|fond\s+of|mad\s+about|addicted\s+to|keen\s+on|hooked\s+on|crazy\s+for)|"
    r"(?<![a-z])(?:obsessed\s+with|interested\s+in|crazy\s+about|passionate\s+about|fond\s+of|mad\s+about)|(?:a\s+|an\s+)?(?:huge|big|massive|die\s*hard|biggest|true)?\s*fans?\s+of|collects?|(?:only\s+|always\s+|just\s+)*talks?\s+about|(?:made|joined|is\s+on|plays\s+(?:in|for|on))\s+(?:the|his|her|a)\s+(?:school\s+)?(?=\S+\s+team)|(?:(?<=who\s)|(?<=she\s)|(?<=he\s)|(?<=and\s)|(?<=friend\s))dances|(?:who|he|she|that|and|also|always|often|husband|hubby|wife|son|daughter|dad|father|mum|mom|mother|brother|sister|uncle|aunt|friend|boyfriend|girlfriend|bf|gf|nephew|niece|grandpa|grandma|grandad|granny|boss|cousin)\s+(?:drinks|plays|watches|practi[cs]es|collecting|builds|restores|grows(?!\s+(?:with|up|out|into|on|back|fast|so)\b)|breeds|brews|rides|races|flies|raises|studies)(?:\s+(?:a\s+lot\s+of|lots\s+of|so\s+much|too\s+much|the))?|"
    r"(?:le|les|me)\s+(?:gusta[n]?|encanta[n]?)(?:\s+(?:el|la|los|las|mucho))?|fanatic[oa]\s+de[l]?|amante\s+de[l]?|(?:que\s+|che\s+|qui\s+)?(?:gosta|ama|adora|aime|liebt|mag|spielt|juega|joga)(?:\s+(?:gerne?|le|la|les|das|die|il|i|gli|al|a))?(?:\s+(?:de|do|da|muito))?|apaixonad[oa]\s+por|appassionat[oa]\s+di|passionne(?:e)?\s+(?:de|par)|(?:gli|le)\s+piac(?:e|ciono)|gioca\s+a(?:l|lla)?|joue\s+(?:au|a\s+la|du|de\s+la)|steht\s+auf|fan\s+(?:von|de|di|du)|begeistert\s+sich\s+fur|interessiert\s+sich\s+fur|(?:yang\s+)?(?:suka|hobi|hobby|senang|gemar)(?:\s+(?:banget|sekali|main))?|"
    r"(?:who|he|she|that|and|also|always|often)\s+(?=(?:bakes|cooks|reads|writes|draws|paints|sings|dances|runs(?!\s+(?:hot|cold|away|late|off|out|around|into|small|large|big|true|warm))|jogs|swims|hikes|camps|travels|gardens|knits|sews|crochets|skates|surfs|cycles|meditates|sketches|fishes|games|vlogs|exercises)\b)|"
    r"(?:rat\s+)?(?:thich|me|yeu)(?:\s+(?:choi|xem|an))?)\s*(?<=\s)(?=\S)"
)
LOVER = re.compile(
    r"\b((?:[^\W\d_]+[\s-]){1,2})(?:lovers?|fans?|enthusiasts?|addicts?|geeks?|nerds?|fanatics?|freaks?|nuts?|junkies|junkie|aficionados?|collectors?|supporters?|heads?(?=\s*(?:[,.!]|$|who|and|so))|mad|crazy|daft|buffs?|obsessed|themed?|theme)\b(?!\s+(?:of|heater|with|about|on|for|golf|glue))"
)
TAKES_UP = re.compile(
    r"\b(?:(?:just\s+|recently\s+)?(?:started|starting|starts|took\s+up|taken\s+up|began|joined|learning|learns)|wants?\s+to\s+learn)"
    r"(?:\s+(?:to|the|how\s+to|doing|playing|with))?\s+(?=\S)"
)
SPENDS = re.compile(
    r"\b(?:all\s+(?:he|she|they)\s+(?:ever\s+)?(?:does|do|wants?|talks?\s+about)(?:\s+is)?|spends?\s+(?:all\s+)?(?:his|her|their|every|most)\s+(?:time|days?|weekends?|evenings?|weekend|spare\s+time|sundays?|saturdays?)(?:\s+(?:of\s+)?(?:his|her|their)\s+time)?|"
    r"(?:is|are|.s|hes|shes)\s+(?:always|forever|constantly)|never\s+stops|when\s+(?:he|she).?s\s+not|in\s+(?:his|her|their)\s+(?:spare|free)\s+time|happiest\s+when)\b"
)
"""After these the rest of the sentence tells of hobbies, where it names known ones."""
IS_A = re.compile(r"\b(?:is|.s|hes|shes|im|am|was)\s+(?:such\s+|quite\s+|still\s+|also\s+|basically\s+)?an?\s+")
