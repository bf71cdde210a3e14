"""The language in which a report's text is written: parsed, checked and filled with figures.

Blocks, each beginning at the margin and ending at a blank line:

    # Heading            ## a level below     ### two levels below
    Running text.        a numbered paragraph; its lines are joined
    - An item            a lettered item (a), (b), ... under the paragraph before it
    > A note             an unnumbered paragraph, set apart
    % A remark           left out of the report
    ::table KEY          a table of a figure; its settings follow, indented, as ``name: value``
    ::chart KEY          a chart of a figure, likewise
    ::items KEY          one lettered item for each row of a table figure; ``text: ...`` says how it reads
    ::when CONDITION     what follows, up to ``::end``, is there only if the condition holds

Inside text, braces hold what is computed:

    {projects}                                    a figure, as running text prints it (``nine``, ``314``)
    {projects_by_pillar pillar=I share}           a cell of a table figure
    {projects_by_pillar total projects}           the total of a measure
    {@previous}                                   a parameter of the report, or of its inventory
    {count projects "project" "projects"}         ``no projects``, ``one project``, ``314 projects``
    {noun projects "is" "are"}                    the words alone, by number
    {numeral projects}                            digits even below ten
    {size projects_change}                        without its sign: ``three`` of minus three
    {compare A B "fewer than" "as many as" "more than"}   by what A and B *read*, so that words never contradict
    {largest KEY measure}  {smallest KEY measure} the title of that row (of those tied); ``show=column`` prints another
                                                  column of it, ``rank=2`` takes the next; rows whose dimension was
                                                  not reported do not count
    {rows KEY}                                    how many rows a table figure has
    {table NAME}  {chart NAME}                    a reference: ``table 3``, ``figure II``
    {each KEY sort=measure limit=3: {pillar} ({share})}   the rows in words, joined: ``a, b and c``; ``with=measure``
                                                  takes rows where it is not zero, ``only=reported`` those whose
                                                  dimension was reported, ``sep``, ``last`` other joints
    {if CONDITION: words | other words}           a choice

A condition joins terms by ``and``: ``projects``, ``not @previous``, ``@provenance is illustrative``,
``(projects_by_pillar pillar=I share) > 30``. A figure alone holds if it has a value (a table: any row), and
``varies projects_by_pillar share`` if its rows do not all read the same there.

A paragraph that mentions a number which was not reported is left out, and so is a table, chart or item list without
rows, and then a heading with nothing left under it. ``*italic*``, ``**bold**``; a backslash takes a sign literally.
"""
