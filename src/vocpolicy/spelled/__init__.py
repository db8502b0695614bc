"""Values as people and programs spell them, read with nothing of a policy but its words.

    numbers  a number with its unit        dates  days, and the days of observations
    words    yes and no, choices, none

`facts` reads by it what policies declare, and `stored` what compiled forms say of them: nothing
here imports attrs, typing, or what reads rule files.
"""
