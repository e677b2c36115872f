"""How people ask: families of question templates by intent; a family belongs wholly to one split.

The modules more_* and decline* were written without sight of the families that are kept for evaluation; only the
families for two regions at once in more_box.py were written again later, by somebody who had seen them.
"""
