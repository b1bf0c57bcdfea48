"""Swedish words that belong together without an ending that a rule could take off.

A line is one family: vowels that change ("bok", "böcker"), strong verbs ("springa", "sprang"),
words that are compared by another word ("bra", "bättre"), and a noun with its own verb ("jobb",
"jobba"). The first word stands for the others. Regular inflection is the dictionary's.
"""

from functools import cache
from typing import Final

_FAMILIES: Final = """
bok boken böcker böckerna böckers
tand tanden tänder tänderna
hand handen händer händerna
fot foten fötter fötterna
rot roten rötter rötterna
natt natten nätter nätterna
stad staden stan städer städerna
strand stranden stränder stränderna
son sonen söner sönerna
dotter dottern döttrar döttrarna
mor moder modern mödrar mödrarna morsan
far fader fadern fäder fäderna farsan
bror broder brodern bröder bröderna brorsan
syster systern systrar systrarna syrran
bonde bonden bönder bönderna
öga ögat ögon ögonen
öra örat öron öronen
vän vännen vänner vännerna
träff träffen träffar träffarna träffas
fika fikat fikan fikar fikade fikapaus
man mannen män männen
ledamot ledamoten ledamöter ledamöterna
bokstav bokstaven bokstäver bokstäverna
film filmen filmer filmerna filma filmar
helg helgen helger helgerna
historia historien historier historierna
museum museet museer museerna
centrum centret centra
äta äter åt ätit äts ätande ätit
dricka dricker drack druckit drickande
springa springer sprang sprungit springande
sjunga sjunger sjöng sjungit sjungande sång sången sånger sångerna
sova sover sov sovit sovande
gå går gick gått gående
frysa fryser frös frusit
njuta njuter njöt njutit njutning
supa super söp supit
lida lider led lidit lidande
skina skiner sken
skriva skriver skrev skrivit skrivande
skrika skriker skrek skrikit skrik
brinna brinner brann brunnit
sticka sticker stack stuckit stickar stickade stickat stickning stickningen
falla faller föll fallit fall fallen
gråta gråter grät gråtit gråt gråten
växa växer växte växt vuxit växande
vana vanan vanor vanorna
liv livet leva lever levde levt
bra bättre bäst bästa
dö dör dog dött död döden döda dödsfall
lära lär lärde lärt lärande
må mår mådde mått mående måendet
bo bor bodde bott boende boendet
sy syr sydde sytt sömnad
känna känner kände känt känsla känslan känslor känslorna
tänka tänker tänkte tänkt tanke tanken tankar tankarna
möta möter mötte mött möte mötet möten mötena
resa reser reste rest resor resan
läsa läser läste läst läsande läsning läsningen
röka röker rökte rökt rökare rökaren rökning
sörja sörjer sörjde sörjt sorg sorgen sorger
hjälpa hjälper hjälpte hjälpt hjälp hjälpen
stödja stödjer stöda stöder stödde stött stöd stödet
arbeta arbetar arbetade arbetat arbete arbetet arbeten arbetena
jobba jobbar jobbade jobbat jobb jobbet jobben
bada badar badade badat bad badet baden
leka leker lekte lekt lek leken lekar lekarna
orka orkar orkade orkat ork orken
prata pratar pratade pratat prat pratet pratstund
tala talar talade talat tal
samtala samtalar samtalade samtal samtalet samtalen
spela spelar spelade spelat spel spelet spelen
flytta flyttar flyttade flyttat flytt flytten
vila vilar vilade vilat vilan
oroa oroar oroade oro oron orolig oroliga oroligt
värka värker värkte värkt värk värken
smärta smärtar smärtan smärtor smärtorna smärtsam
drömma drömmer drömde drömt dröm drömmen drömmar drömmarna
sömn sömnen sömnlös sömnlösa sömnlöshet
stress stressen stressa stressar stressade stressad stressat
motion motionen motionera motionerar motionerade
gympa gympan gympar gympade gymnastik gymnastiken
dans dansen dansa dansar dansade dansat danser dansande
simma simmar simmade simmat simning simningen sim simmare
träna tränar tränade tränat träning träningen träningar
odla odlar odlade odlat odling odlingen odlingar odlingarna
vandra vandrar vandrade vandrat vandring vandringen vandringar
cykla cyklar cyklade cyklat cykling cyklingen
promenera promenerar promenerade promenerat promenad promenaden promenader promenaderna
laga lagar lagade lagat lagning
baka bakar bakade bakat bakning bak
måla målar målade målat målning målningen målningar
andas andades andats andning andningen andetag
vejpa vejpar vejpade vejp vejpen vejps vape
snusa snusar snusade snusat snus snuset
föda föder födde fött födsel födseln
amma ammar ammade ammat amning amningen
separera separerar separerade separerat separation separationen
skilsmässa skilsmässan skilsmässor skild skilda skiljas skildes
återhämta återhämtar återhämtade återhämtning återhämtningen
avspänning avspänningen avspänd avspänt
medicin medicinen mediciner medicinera
arbetslös arbetslösa arbetslöst arbetslöshet arbetslösheten
ensam ensamma ensamt ensamhet ensamheten
trött trötta tröttare tröttast trötthet tröttheten
rädd rädda rädsla rädslan rädslor
blyg blyga blyghet blygheten
lugn lugna lugnt lugnet lugnare
frisk friska friskt friskare
sjuk sjuka sjukt sjukdom sjukdomen sjukdomar sjukdomarna
gravid gravida graviditet graviditeten
nyfiken nyfikna nyfiket nyfikenhet
gammal gamla gammalt äldre äldst äldsta
ung unga ungt yngre yngst yngsta
glad glada glatt gladare
ledsen ledsna ledset
gratis kostnadsfri kostnadsfria kostnadsfritt avgiftsfri avgiftsfria
förälder föräldern föräldrar föräldrarna föräldra
mamma mamman mammor mammorna mammas
pappa pappan pappor papporna pappas
bebis bebisen bebisar bebisarna bäbis baby babyn
mobil mobilen mobiler mobilerna mobiltelefon mobiltelefonen mobiltelefoner
telefon telefonen telefoner telefonerna
dator datorn datorer datorerna
kurs kursen kurser kurserna
mat maten
lunch lunchen luncher luncherna
frukost frukosten frukostar
middag middagen middagar middagarna
kväll kvällen kvällar kvällarna
morgon morgonen morgnar morgnarna morron
lördag lördagen lördagar
söndag söndagen söndagar
"""


@cache
def _members() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return (first words, all words) of its families by word."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for line in _FAMILIES.split("\n"):
        words = line.split()
        for word in words:
            firsts, all_words = found.get(word, (frozenset(), frozenset()))
            found[word] = (firsts | {words[0]}, all_words | set(words))
    return found


def family_of(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that stand for the word's families, and all that belong to them."""
    return _members().get(word.lower(), (frozenset(), frozenset()))
