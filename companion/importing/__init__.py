"""Files of comments, videos and TikTok pages -> the same records that collecting writes.

`recognising` says what a file holds. A source reads it piece by piece, in constant memory: `tables` (CSV and JSON
lines), `zeeschuimer`, `bodies` (pages as TikTok sent them) and `threads`. Each piece is a body in TikTok's own shape,
so that every door leads through the same scrubbing and reading; `taking` checks all files first, then takes them in.
"""
