"""Who is told by mail that something waits in the portal, once each, and how often they want it.

A floor declares its kinds (``rules.NoticeKind``) in its ``notice_kinds`` and calls
``actions.noting.note``; everything else happens here. See docs/how-to/notice.md.
"""
