"""Given names by which the same people are called."""

from __future__ import annotations

from collections import defaultdict

_GROUPS = """
alexander alex alec sandy sasha xander
alexandra alex sandra sasha lexi
alfred alf fred
andrew andy drew
andreas andy
anthony tony
antonio tony toni
barbara barb babs
benjamin ben benny
bernard bernie
catherine katherine kathryn cathy kathy kate katie kat cat kitty
charles charlie chuck chas
christian chris
christina christine chris tina
christopher chris topher
daniel dan danny
david dave davey
deborah debra deb debbie
donald don donny
dorothy dot dottie
douglas doug
edmund ed eddie ted
edward ed eddie ted ned
eleanor ellie nell nora
elizabeth liz lizzie beth betty eliza lisa bess
emily em emmy
eric rick
eugene gene
florence flo
frances fran frannie
francis frank fran
francisco paco pancho
franklin frank
frederick fred freddie
friedrich fritz
gabriel gabe
gerald gerry jerry
geoffrey jeffrey geoff jeff
gregory greg
harold harry hal
heinrich heinz
henry harry hank hal
irene rene
isabella isabel bella izzy
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jennifer jen jenny
jessica jess jessie
joachim achim
johannes hannes hans
john johnny jack jon
jonathan jon johnny
jose pepe
joseph joe joey
joshua josh
judith judy
katharina kathi katja
kenneth ken kenny
lawrence larry
leonard leo len lenny
louis lou louie
lucille lucy
margaret maggie meg peggy marge greta
maria mary
martin marty
matthew matt
maximilian max
megan meg
melissa mel
michael mike mick mikey
michelle shelly
nathaniel nathan nat nate
nicholas nick nicky
nikolaus klaus
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete
philip phillip phil
priscilla cilla
rachel rach
raymond ray
rebecca becky becca
richard rick rich dick ricky
robert rob bob bobby robbie bert
roberta bobbie
ronald ron ronnie
rudolf rudi
samantha sam
samuel sam sammy
sebastian seb basti
solomon sol
stephanie steph
stephen steven steve
stuart stu
susan susanne suzanne sue susie
theodore ted teddy theo
theresa terry tess tessa
thomas tom tommy
timothy tim
valerie val
vanessa nessa
victor vic
victoria vicky tori
vincent vince vinnie
vladimir volodya
walter walt wally
wilhelm willi
william bill billy will willy liam
zachary zach zack
"""

GROUPS: dict[str, set[int]] = defaultdict(set)
"""Name -> the groups that it is in."""
for _number, _line in enumerate(_GROUPS.split("\n")):
    for _name in _line.split():
        GROUPS[_name].add(_number)


def are_nicknames(one: str, other: str) -> bool:
    """Tell whether two given names, folded, are called for each other."""
    return one in GROUPS and other in GROUPS and not GROUPS[one].isdisjoint(GROUPS[other])
