"""Upper limits said by denying what lies above them ("if I'd rather not have to go over 4000"), or told after the sum."""

from __future__ import annotations

_NOT = (
    r"(?:not|never|no|none|nothing|nobody|nowhere|without|cannot|avoid(?:ing)?|refus(?:e|es|ing)|hat(?:e|es|ing)|reluctant|unwilling|"
    r"(?:do|does|did|is|are|was|wo|would|ca|could|should|must|need|have|has|ai)\s?n[^\w\s]?t)"
)
_BETWEEN = (
    r"(?:wan(?:t|ts|ting|na)|lik(?:e|es|ing)|lov(?:e|ing)|hav(?:e|ing)|has|need(?:s|ing)?|wish(?:es|ing)?|prefer(?:s|ring)?|plan(?:s|ning)?|"
    r"hop(?:e|es|ing)|mean|car(?:e|ing)|intend(?:s|ing)?|look(?:ing)?|try(?:ing)?|afford|manage|allow(?:ed)?|able|happy|keen|comfortable|willing|"
    r"prepared|ready|supposed|inclined|going|gonna|go|goes|get|gets|getting|pay|pays|paying|spend|spends|spending|cost|costs|costing|be|is|being|"
    r"come|comes|coming|run|runs|running|stretch|stretching|drop|put|part\s+with|fork\s+out|shell\s+out|splash\s+out|lay\s+out|for|priced|on|out|"
    r"to|it|this|that|that's|which|thing|things|one|ones|anything|something|any|much|at\s+all|even|really|ever|quite|all|us|me|him|her|them|"
    r"i|i'm|i'll|we|we're|we'll|he|she|they|my|our|the|a|an|budget|price|total|way|too|far|single|rupee|penny|cent|dollar|am|are|can|will|"
    r"would|could|should|with|of|let)"
)
_OVER = (
    r"(?:over|above|beyond|past|exceed(?:s|ing)?|in\s+excess\s+of|upwards?\s+of|north\s+of|(?:any\s*)?(?:thing\s+)?more\s+(?:expensive\s+|costly\s+|money\s+)?tha[nt]|"
    r"more\s+then|(?:high|dear|pric|cost|great|steep)(?:i?er|lier)\s+than)"
)
NOT_OVER = rf"{_NOT}(?:\s+{_BETWEEN}){{0,8}}\s+{_OVER}"
"""Denied words of going above; nothing but words of paying and wanting stands between."""
MOST_AFTER = (
    r"(?:\s*,?\s*(?:is|are|being|would\s+be|as|that.?s)\s+(?:the|my|our|a|an)\s+(?:absolute\s+|very\s+|upper\s+|top\s+|hard\s+)?"
    r"(?:most|max(?:imum)?|limit|ceiling|cap|upper\s+limit|top|budget)\b|"
    r"\s*,?\s*(?:and\s+|but\s+)?(?:not|no)\s+(?:a\s+(?:single\s+)?(?:rupee|penny|cent|dollar|paisa)\s+)?more\b(?!\s+tha[nt]))"
)
"""What makes the sum before it an upper limit: "2000 is the most I'd pay", "2000 and not a rupee more"."""
