"""How people say what they do not want: words after which it comes, words that hold it, and what comes after it."""

from __future__ import annotations

import re

BEGINS = re.compile(
    r"\b(?:no\s+quiero(?:\s+(?:ir|llevar|nada|que\s+sea|que\s+tenga))?(?:\s+(?:de|con|en))?|no\s+(?:le|me|les|nos)\s+gustan?(?:\s+(?:el|la|los|las))?|"
    r"non\s+(?:gli|le|mi)\s+piac(?:e|ciono)(?:\s+(?:il|la|i|le|gli))?|non\s+sopporta(?:\s+(?:il|la|i|le|gli))?|"
    r"(?:is|are|was|were|am|does|do|did)?\s*(?:not|n.?t)\s+(?:really\s+|too\s+|that\s+|so\s+|very\s+|massively\s+)?(?:into|keen\s+on|fond\s+of|fussed\s+about|"
    r"mad\s+(?:on|about)|crazy\s+about|big\s+on|a\s+(?:big\s+|huge\s+)?fan\s+of)|"
    r"(?:will\s+not|won.?t|would\s*n.?t|would\s+not|refus(?:es?|ed|ing)\s+to|never)\s+(?:ever\s+)?(?:wear|use|eat|drink|touch|have|buy|take|go\s+near|put\s+on)|"
    r"(?:does|do|did)\s*(?:not|n.?t)\s+(?:want|need)\s+(?:any\s+more|another|to\s+(?:see|have|get)(?:\s+(?:any|another))?)|"
    r"(?:sick|tired|fed\s+up|bored)\s+(?:of|with)|put\s+off\s+by|none\s+of\s+(?:that|those|the|these|your)|(?:say|said|says)\s+no\s+to|no\s+to|"
    r"(?:rash(?:es)?|hives|breakouts?|headaches?|migraines?|reactions?|reacts?(?:\s+badly)?|itchy?|itching|sneez\w+|spots|eczema\s+flares?)\s+(?:up\s+)?(?:from|to|with|after|because\s+of)|"
    r"(?:has|have|got|owns?)\s+(?:already\s+)?(?:more\s+than\s+)?(?:enough|plenty\s+of|a\s+million)|"
    r"(?:would\s+)?rather\s+(?:it\s+|they\s+)?(?:was\s*n.?t|were\s*n.?t|is\s*n.?t|not)(?:\s+(?:have|be|a|an|in|with))?|"
    r"(?:as\s+long\s+as|provided|so\s+long\s+as)\s+(?:it.?s|it\s+is|they.?re)\s+not(?:\s+(?:in|made\s+of))?|"
    r"(?:not|nt)\s+(?:made\s+(?:of|from|with)|in|with|for|a\s+fan\s+of|into|interested\s+in|from|containing|"
    r"contain)|nothing\s+(?:with|in|too|that\s+(?:is|has)|made\s+(?:of|from))?|(?:anything|anywhere|everything|"
    r"any\s+(?:colou?r|brand|make|shade|material|flavou?r|kind|type|shop|store))\s+(?:but|except(?:\s+for)?|other\s+than|bar|besides)|"
    r"(?:(?<=[,.;:!|(]\s)|(?<=please\s)|(?<=but\s)|(?<=and\s)|^)(?:hold|skip|lose|drop|ditch)\s+the(?!(?:\s+\S+){0,3}?\s+(?:link|details|name|id|code|brand|size|price))|minus\s+(?:the|any)|leave\s+(?:out|off)(?:\s+the)?|"
    r"steer(?:ing)?\s+clear\s+of|stay(?:s|ing)?\s+away\s+from|instead\s+of|rather\s+than(?!\s+(?:do|have|get|buy|use|be|to|pay|go|spend|make|take|let|i|we|he|she|they|you|it)\b)|zero(?=\s+(?:sugar|alcohol|caffeine|plastic|calories))|"
    r"(?:cannot|can\s*not|can.?t|must\s*n.?t|must\s+not|should\s*n.?t|should\s+not)\s+(?:have|eat|drink|"
    r"wear|use|stand|tolerate|contain|be|take|handle|touch|do(?!\s+without)|abide|stomach|bear)|"
    r"(?:does|do|did)\s*(?:not|n.?t)\s+(?:like|want|need|eat|drink|wear|use|have|contain|include|enjoy|"
    r"look|care\s+for)(?:\s+(?:any|anything))?|(?:dislikes?|hates?|avoids?|avoiding|detests?|"
    r"loathes?)(?:\s+anything)?|"
    r"(?:is|are|am|i.m|he.s|she.s|isn.t|aren.t)?\s*(?:badly\s+|severely\s+|highly\s+)?(?:allergic|"
    r"intolerant|sensitive)\s+to|(?:(?:is|are|was|were|ai)\s*n.?t|don.?t\s+be)|(?:free\s+(?:of|from))|"
    r"(?:without|w/o|w/out|witout|wihtout|withot)(?:\s+(?:any|a|an|the))?|"
    r"nothing|except(?:\s+for)?|excluding|other\s+than|apart\s+from|besides|minus|but\s+no(?:t)?|no\s+more|no|not|nt|never|non|"
    r"que\s+no\s+(?:sea|sean|tenga|tengan|contenga|lleve)(?:\s+de)?|no\s+de|sin|excepto|menos|"
    r"no\s+(?:le|me|les|nos)\s+gustan?(?:\s+(?:el|la|los|las))?|"
    r"no\s+(?:puede|soporta|tolera)\s+(?:comer|llevar|usar|ser|tener|contener)|nao\s+(?:gosta|gosto|pode|suporta)(?:\s+(?:de|usar|comer|ser|ter|conter))?|"
    r"nichts\s+(?:mit|aus|in|von)|nichts|auf\s+keinen\s+fall|nicht\s+(?:mit|aus|in)|(?:mag|mochte|will|trage|tragt|vertragt)\s+kein(?:e|en)?|"
    r"rien\s+(?:en|avec|a|de)|qui\s+ne\s+soit\s+pas(?:\s+(?:en|a))?|tout\s+sauf|n.aime\s+pas|"
    r"(?:non|niente)\s+(?:a|con)|non\s+(?:gli|le|mi)\s+piac(?:e|ciono)(?:\s+(?:il|la|i|le|gli))?|non\s+sopporta|tutto\s+tranne|"
    r"nada\s+de|odia|alergic[oa]\s+a|que\s+nao\s+(?:seja|tenha|contenha)(?:\s+de)?|nao\s+quero|"
    r"nao\s+(?:de|gosta\s+de)|sem|exceto|nada\s+de|"
    r"tanpa|bukan|jangan|selain|kecuali|tidak\s+(?:mau|suka|pakai|mengandung|pake)|nggak\s+(?:mau|suka)|"
    r"gak\s+(?:mau|suka)|khong\s+(?:phai|co|chua|thich|muon|lay|dung|mau)|tru|"
    r"ohne|keine?[nrms]?|bloss\s+nicht|nur\s+nicht|nicht|ausser|ausgenommen|allergisch\s+gegen|hasst|mag\s+kein[en]*|vertragt\s+kein[en]*|"
    r"sans|pas\s+(?:de|en|du|d.)|surtout\s+pas(?:\s+(?:de|en))?|pas|sauf|hormis|ni|aucune?|rien\s+en|"
    r"allergique\s+(?:a|au|aux)|deteste|n.aime\s+pas(?:\s+(?:le|la|les))?|ne\s+supporte\s+pas(?:\s+(?:le|"
    r"la|les))?|"
    r"senza|che\s+non\s+(?:sia|siano|contenga)(?:\s+(?:di|in))?|non\s+(?:di|in|vuole|voglio)|non|tranne|"
    r"eccetto|niente|nessun[oa]?|allergic[oa]\s+(?:a|al|alla|alle|ai)|intollerante\s+(?:a|al|alla)|"
    r"odia)\s+"
)
HARMS = re.compile(r"\banything\s+(?:with|containing)\s+(?=(?:\S+\s+){1,6}(?:breaks|makes|gives|irritates|triggers|causes|hurts|burns)\b)")
"""What comes before "breaks me out" and the like."""
OF_CHOICE = re.compile(r"hates?|dislikes?|detests?|loathes?|hasst|odia|deteste|instead|rather")
ALLERGY = re.compile(r"\b(?P<thing>[^\W\d_]+)\s+(?:allerg(?:y|ies)|intolerance)\b")
"""Of "a nut allergy"."""
FREE = re.compile(
    r"\b(sugar|gluten|caffeine|alcohol|fragrance|paraben|sulfate|sulphate|silicone|lactose|dairy|nut|"
    r"peanut|soy|egg|fat|oil|bpa|nickel|lead|plastic|latex|chemical|meat|"
    r"cruelty|scent|perfume|salt|sodium|preservative|ammonia|acid|dye|wheat|grain|pork|leather|glass|"
    r"metal|aluminum|aluminium|fluoride|pvc|phthalate|carb|cholesterol|wool|fur|feather|dust|smoke|noise|"
    r"glitter|battery|lace|mould|mold|sls|wire|seam|tag|animal|palm\s+oil|corn|rubber|rust|paraffin|talc|alcohol|caffeine|sesame|shellfish|mercury|formaldehyde|toxin|bleach|microplastic|pfas|ptfe|teflon|feather|sulfite|hema|peg|essential\s+oil)s?[\s-]+free\b"
)
FREI = re.compile(r"\b(zucker|gluten|laktose|nickel|parfum|alkohol|duftstoff|koffein|bpa|plastik|leder|nuss|silikon|sulfat)[-\s]?frei\w*\b")
FREI_OF = {
    "zucker": "sugar",
    "laktose": "lactose",
    "parfum": "fragrance",
    "alkohol": "alcohol",
    "duftstoff": "fragrance",
    "koffein": "caffeine",
    "plastik": "plastic",
    "leder": "leather",
    "nuss": "nuts",
    "silikon": "silicone",
    "sulfat": "sulfate",
}
NON = re.compile(
    r"\bnon[\s-]+(leather|wool|dairy|metal|metallic|plastic|glass|latex|cotton|synthetic|gmo|veg|alcohol|"
    r"scented|greasy|fragrance|black|white|wired|electric|halal)\b"
)
LESS = re.compile(r"\b(un(?:scented|sweetened|flavou?red|salted)|decaf(?:feinated)?|fragranceless|odou?rless|sugarless)\b")
LESS_OF = {
    "unscented": "scented",
    "unsweetened": "sweetened",
    "unflavored": "flavoured",
    "unflavoured": "flavoured",
    "unsalted": "salted",
    "decaf": "caffeine",
    "decaffeinated": "caffeine",
    "fragranceless": "fragrance",
    "odorless": "odour",
    "odourless": "odour",
    "sugarless": "sugar",
}

AFTERWARDS = (
    re.compile(
        r"(?P<thing>(?:[^\W\d_]+\s+)?[^\W\d_]+)\s+(?:(?:is|are|.s)\s+(?:a\s+|an?\s+(?:absolute|definite|hard|big)\s+)?(?:no|no[\s-]?no|no[\s-]?go|out|off\s+limits|a\s+dealbreaker)\b(?!\s+(?:problem|issue|brainer|of|longer|more))|no(?=\s*(?:[,.;!]|$)))"
    ),
    re.compile(
        r"(?P<thing>(?:[^\W\d_]+\s+)?[^\W\d_]+)\s+(?:always\s+|really\s+|just\s+)?(?:breaks?|gives?|makes?|irritates?|triggers?|sets?\s+off|upsets?)\s+"
        r"(?:me|him|her|us|them|my|his|our|their)\b(?=[^.!?|]{0,30}\b(?:out|rash|itch\w*|sneez\w*|headaches?|migraines?|hives|spots|eczema|asthma|skin|stomach|sick|gag))"
    ),
    re.compile(
        r"\btried\s+(?:the\s+|a\s+|those\s+|some\s+)?(?P<thing>(?:[^\W\d_]+\s+)?[^\W\d_]+)\s+(?:already|before)?,?\s*(?:so|and|but)?\s*(?:not|no\s+more\s+of)\s+(?:those|that|these|them|it)\b"
    ),
    re.compile(
        r"\btried\s+(?:the\s+|a\s+|those\s+|some\s+)?(?P<thing>(?:[^\W\d_]+\s+)?[^\W\d_]+)\s+already,?\s+(?:so|and|but)?\s*(?:not|no)\b"
    ),
)
"""What comes before "is a no", "gives me a rash", "no" at the end; and what was tried in vain."""
