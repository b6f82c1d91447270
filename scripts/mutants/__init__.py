"""``make mutants``: small changes to the lines that matter, each of which a test must notice.

``scope`` lists the files, ``changes`` makes the changes, ``reach`` knows which tests come by a
line, ``trying`` runs them with one change, and ``__main__`` draws the sample and judges.
"""
