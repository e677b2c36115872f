# ruff: noqa: E501
"""Further families of training phrasings that are declined: who the person is, and what has nothing to do with the picture; written without sight of the families kept for evaluation."""

from simulation.dialogue.phrasings.decline_alike import DECLINE_ALIKE
from simulation.dialogue.phrasings.decline_know import DECLINE_KNOW
from simulation.dialogue.phrasings.decline_life import DECLINE_LIFE
from simulation.dialogue.phrasings.decline_task import DECLINE_TASK
from simulation.dialogue.phrasings.decline_tasks import DECLINE_TASKS
from simulation.dialogue.phrasings.decline_web import DECLINE_WEB
from simulation.dialogue.phrasings.decline_wide import DECLINE_WIDE
from simulation.dialogue.phrasings.decline_wide_more import DESCRIBE_WIDE, IDENTITY_WIDE, OFF_WIDE

_P = "photo|picture|image|pic|shot|snapshot|video|clip|screenshot|portrait"
_GUY = (
    "guy|man|woman|lady|girl|boy|person|dude|kid|gentleman|bloke|fella|chap|stranger|young man|old lady|teenager|chick"
    "|young woman|old man|blonde|bearded man|child|grown-up"
)
_STAR = (
    "Tom Hanks|Beyonce|Rihanna|Ronaldo|Mbappe|Zendaya|Adele|Shakira|Bill Gates|Jeff Bezos|Macron|Trump|Biden|Putin|Zelensky"
    "|Scholz|Modi|Lula|Boris Johnson|Kate Middleton|Prince Harry|King Charles|Oprah|Keanu Reeves|Leonardo DiCaprio"
    "|Scarlett Johansson|Emma Watson|Johnny Depp|Will Smith|Lady Gaga|Billie Eilish|Ed Sheeran|Harry Styles|Eminem"
    "|Kim Kardashian|Serena Williams|Roger Federer|Lewis Hamilton|Usain Bolt|Neymar|Beckham|Greta Thunberg|Mark Zuckerberg"
    "|Steve Jobs|Marilyn Monroe|Elvis|Charlie Chaplin|George Clooney|Julia Roberts|Meryl Streep|Morgan Freeman|Madonna"
    "|Jackie Chan|Shah Rukh Khan|Penelope Cruz|Mr Bean|Harry Potter|Nicolas Cage|Angelina Jolie|Hillary Clinton|Xi Jinping"
)
_KIN = (
    "my cousin|my uncle|my aunt|my old teacher|my classmate|my neighbour's son|my dad|my ex-husband|our mayor|my landlord|my sister"
    "|my daughter's boyfriend|my grandfather|my dentist|a friend of mine|my brother-in-law|my old schoolmate|our postman"
    "|my colleague from work|my niece|the new girl in class|my late mother|my stepbrother|our former boss|my doctor|my twin"
)
_ROLE = (
    "a celebrity|an influencer|a footballer|a film star|a pop singer|a news anchor|a senator|the prime minister|a YouTuber"
    "|a tv presenter|a rapper|a model|an athlete|a royal|a minister|the mayor|a billionaire|a wanted criminal|a comedian"
    "|an astronaut|a chess champion|a nobel laureate|a tennis player|a movie actor|a dictator|the chancellor|a bishop|a spy"
    "|the president|the first lady|an opera singer|a famous writer|a scientist|a general|a game show host|a ceo"
)

_IDENTITY: dict[str, tuple[str, ...]] = {
    "m_who_that": (
        f"(who's|who is|whos) (that|this)( {'|'.join(' ' + g for g in _GUY.split('|'))})?",
        f"who is the ({_GUY})( in the ({_P})| here| over there|)?",
        "(who is|so who is|and who is) (he|she|it)( exactly| then| anyway|)?",
    ),
    "m_name": (
        f"what('s| is) (the|this|that) ({_GUY})'s (name|first name|last name|surname|full name|nickname|real name)?",
        "what('s| is) (his|her) (name|first name|last name|surname|full name|family name|maiden name|real name)?",
        "what (is|was) (he|she) called( again|)?",
    ),
    "m_put_name": (
        f"(put|attach|assign|match|give) a name to (this|the|that) (face|person|stranger|({_GUY}))",
        f"(can|could) you put a name to (him|her|this face|that face|the ({_GUY})|whoever this is)?",
        "I need a name (for|to go with) (this face|that face|this person|him|her|the man here)",
    ),
    "m_tell_name": (
        f"(<please>tell me|<please>give me|say|spell|I want|reveal|let me have) (his|her|the|this person's|the ({_GUY})'s) (name|full name|real name|surname)",
        f"name (the|this|that) ({_GUY})( for me| please| right now|)",
        "(just |)name (him|her)( please| for me| already|)",
    ),
    "m_is_that_star": (
        f"(is that|is this|isn't that|isn't this|that's|this is|could this be|might it be) ({_STAR})( or who| or someone else| or somebody who looks like that|)?",
        f"({_STAR})(?|, right?| or not?|, is that who it is?| - am I right?)",
        f"(he|she) (looks like|reminds me of|resembles) ({_STAR}), (is it|right|am I right|or who is it)?",
    ),
    "m_is_that_role": (
        f"(is|isn't) (that|this|he|she) ({_ROLE})?",
        f"(could|might) (that|this|he|she) be ({_ROLE})?",
        f"(I think|I guess|I believe|I bet|my wife says|they say) (this|that|it) is ({_ROLE}), (which one|what's the name|who exactly|do you know who)?",
    ),
    "m_kin": (
        f"(could|might|can) (this|that|it) be ({_KIN})?",
        f"(is|isn't) (this|that|it) ({_KIN})?",
        f"(I have a feeling|I swear|I'm almost sure|it seems to me|I suspect|I could swear) (this|that) is ({_KIN}), (can you confirm|is it|am I right|do you agree)?",
    ),
    "m_recognise": (
        f"(do|can|could|don't) you (recognise|recognize) (him|her|this person|the ({_GUY})|this face|that face|anybody here|who this is)?",
        "(recognise|recognize) (him|her|this face|this one|the person|that woman|that man)?",
        "(any idea|any clue|no idea|have you any idea) who (this|that|he|she) (is|might be|could be)?",
    ),
    "m_know": (
        f"do you (happen to |)know (him|her|this ({_GUY})|that ({_GUY})|who this is|who she is|who he is|the person in the ({_P}))?",
        "(ever |have you ever |)(seen|met|come across) (him|her|this man|this woman|this person|that face) (before|somewhere|anywhere)?",
        "you (must|surely|probably) know who (he|she|this|that) is",
    ),
    "m_someone_known": (
        "is (this|that|he|she) (someone|somebody|anyone) (known|famous|important|I should know|well known|from tv|from the movies|in politics)?",
        "is (he|she) (famous|a public figure|well known|world famous|on tv|rich and famous|a big name|some kind of star)?",
        f"(where|hm, where|so where) do I know (him|her|this face|that face|this ({_GUY})) from?",
    ),
    "m_whose": (
        "whose face (am I looking at|do we see|did I upload|is shown|do you see) (here|in the picture|there|)?",
        f"(of whom|of who) is (this|the|that) ({_P})?",
    ),
    "m_identify": (
        f"(<please>identify|<please>determine the identity of|establish the identity of|work out the identity of|ID) (him|her|this ({_GUY})|the ({_GUY})|the person shown)",
        f"(can|could|will|would) you (identify|ID|pinpoint|unmask) (him|her|this ({_GUY})|that person|the person in the ({_P}))( for me|)?",
        "(identity|identification|identity check|person's identity|identity of the person|identity of this man|identity of the woman)(?|, please| needed| unknown, help)",
    ),
    "m_find_profile": (
        "(does (he|she) (have an account|have a youtube channel|use tiktok|post on instagram|have a blog|have a dating profile)|is (he|she) (on facebook|on instagram|on tinder|on linkedin|on onlyfans|on any social network))?",
        "what('s| is) (his|her) (instagram|insta|handle|username|twitter|snap|tiktok|linkedin|youtube channel)?",
    ),
    "m_address": (
        f"(where|in which city|in which street|in what country) (does|did) (he|she|this ({_GUY})|the ({_GUY})) (live|work|go to school|grow up|study)?",
        "what('s| is) (his|her|this person's) (address|home address|phone number|email|mail address|workplace|employer|number|postcode)?",
        f"(find|give|get|send|tell) me (his|her|the ({_GUY})'s) (address|phone number|email|workplace|contact details|whereabouts|home town)",
    ),
    "m_age": (
        f"how old is (he|she|this ({_GUY})|the ({_GUY})|the person here)?",
        "what('s| is) (his|her) (age|date of birth|birthday|year of birth|star sign|zodiac sign)?",
        f"(when|in what year|where) was (he|she|this ({_GUY})) born?",
        f"(estimate|guess|tell me) (his|her|the ({_GUY})'s) age",
    ),
    "m_job": (
        f"what does (he|she|this ({_GUY})|the ({_GUY})) do (for a living|for work|professionally|as a job)?",
        "what('s| is) (his|her) (job|profession|occupation|day job|rank|position|title|line of work|salary|net worth)?",
        "(what|which) (films|movies|songs|team|party|band|company|show|series) is (he|she) (in|from|with|known for)?",
    ),
    "m_family": (
        "is (he|she) (married|single|divorced|engaged|taken|in a relationship|related to me|widowed|gay or straight|a parent|pregnant)?",
        "(does|did) (he|she) have (children|kids|a wife|a husband|siblings|a girlfriend|a boyfriend|a twin|a partner)?",
        "who('s| is) (his|her) (wife|husband|mother|father|partner|boyfriend|girlfriend|brother|sister|manager|family)?",
    ),
    "m_nation": (
        "(what|which) (nationality|ethnicity|race|religion|citizenship) (is|has) (he|she|this person|the man|the woman)?",
        f"(is|was) (he|she|this ({_GUY})) (german|french|american|chinese|russian|turkish|jewish|muslim|polish|indian|italian|an immigrant|a local|mexican|african|asian|british)?",
        "where is (he|she|this guy|this woman|the man|the lady) from?",
        "what country does (he|she|this person|the man|the woman) come from?",
    ),
    "m_lookup": (
        f"(look|search) (him|her|this person|the ({_GUY})) up( online| on the internet| in a database| on google| please|)",
        f"(google|search the web for|run a search on|do a background check on|dig up information on) (him|her|this face|this ({_GUY})|the ({_GUY}))",
        "(face search|reverse face search|people search|facial recognition|face recognition|face match|name lookup)(?|, please| on this person| for this face)",
    ),
    "m_database": (
        "(compare|match|check) (this face|his face|her face|the person|him|her) (with|against) (a database|known criminals|celebrities|the police files|the missing persons list|mugshots|my contacts|facebook users|a list of names)",
        "is (he|she|this person|this man|this woman) (in|on) (your database|a wanted list|the police register|wikipedia|a missing persons list|the sex offender register|interpol's list)?",
        "run (face|facial) recognition( on him| on her| on this person| on the face| now| please|)",
    ),
    "m_missing": (
        "(could this be|is this|is that|might that be) the (missing|wanted|kidnapped|lost|escaped) (girl|boy|man|woman|child|prisoner|person)( from the news| from our town|)?",
        "(is (he|she|this)|could (he|she|this) be) (the suspect|the thief from the shop|the burglar|the missing hiker|the man who robbed me|the lost child|the driver who fled|the person on the poster)?",
    ),
    "m_witness": (
        f"(this|that) ({_GUY}) (stole my bike|hit my car|followed me home|knocked at my door|scammed me|wrote to me|stood at the bus stop), (who is it|I need the name|what's the name|tell me who it is)",
        "(he|she) (owes me money|stalks me|sold me a broken phone|broke my window|keeps calling me), (who is it|give me a name|where do I find them|I need to know who)",
    ),
    "m_date": (
        "I (met|saw|matched with|danced with|fell in love with|sat next to) (this|that) (guy|man|woman|lady|gentleman|dude|fella) (on the train|at a party|in a club|yesterday|at a wedding|on a cruise), (who is it|what's the name|help me find out who|how do I find them)?",
        "(my date|my match|my online boyfriend|the girl I chat with|my pen pal) sent this, (who is it|who is this person|what is the name of that person|do you know the person)?",
    ),
    "m_fragment": (
        "(name|a name|the name|his name|her name|full name|real name|name of the person|name of this man|name of that woman|who|who dat|who dis person|this person, who|his identity|her identity)(?|??|, please)",
        f"(name|identity|age|profession|address|nationality|biography) of (this|the|that) ({_GUY})(?|)",
        "(a celebrity|somebody famous|someone famous|a politician|an actor|an actress|a singer|a star|a sportsman|a public figure|a royal)?",
    ),
    "m_polite_long": (
        f"(could|would|can) you (please |kindly |be so kind as to |possibly )(tell me|let me know|inform me) (who this is|who the ({_GUY}) is|the name of this ({_GUY})|which person is shown here|who is pictured)?",
        f"(excuse me|pardon me|sorry to bother you|if you don't mind), (who might this be|who is this ({_GUY})|may I know who that is|would you know who this is)?",
        f"(I would|I'd) (be grateful|be glad|be thankful|appreciate it) if you (could|would) (tell me|let me know) (who that is|who this ({_GUY}) is|the name of the ({_GUY}))",
    ),
    "m_indirect": (
        f"(I wonder|I was wondering|I'm curious|I'd like to know|I want to know|it would be nice to know|I have no idea|I forgot) who (this|that|he|she|this ({_GUY})|the ({_GUY})) is",
        f"(I'm|I am) (trying|eager|dying|asked) to (find out|learn|remember|figure out) who (this|that|he|she|the ({_GUY})) is",
        "(my friend|my mother|the police|my boss|everyone) (asks|wants to know|keeps asking) (who this is|who he is|who she is|what the name of this person is)",
    ),
    "m_statement": (
        "I (can't|cannot|couldn't|could not|am unable to) (recognise|recognize|place|identify) (him|her|this person|this face|the man|the woman)",
        "I (don't|do not) (know|remember|recall) (who this is|who that is|his name|her name|the name of this person|where I saw this person)",
        "(his|her|the) name (escapes me|is on the tip of my tongue|has slipped my mind|won't come to me|is a mystery to me)",
    ),
    "m_slang": (
        f"(yo|bro|dude|hey|omg|lol), (who's this ({_GUY})|who dat|who's that cutie|who's the hottie|who is this clown|who's that babe)?",
        "who (the hell|the heck|on earth|in the world|the f) is (this|that|he|she|this guy|this woman|that dude)?",
        "(wanna|gotta|need to) know who (dis|this|that|she|he) is",
        "who('s| is) (this|that) (joker|cutie|weirdo|hottie|creep|goofball|mystery man|mystery woman|beauty|oldie)?",
    ),
    "m_nonnative": (
        f"(who is he|who she is|who is being|who it is|who is it) (this|that|the) ({_GUY})?",
        "how (is called|he is called|she is called|is his name|is her name|is the name of) (this person|the man|the woman|this lady)?",
        "(you know|you can say|say me|can you say me|tell to me) (who is this|the name of this person|how he is called|who is the woman|the name)",
        "(please |)(the name|which name) (from this person|of the man|of the woman|of person in foto)?",
    ),
    "m_translate_style": (
        "with whom (do we have to do here|am I dealing here|do I have the honour|have I to do)?",
        "(which|what) (person|human|man|woman|people) is (this|it|that|to see here|on the photo|in the picture)?",
        "(quien es|qui est-ce|wer ist das|chi e|kto eto|who is das)?",
    ),
    "m_guess": (
        f"(guess|take a guess|make a guess|have a guess) who (this|that|he|she|the ({_GUY})) (is|could be|might be)",
        "who (do you think (this|that|he|she) is|would you say it is|do you reckon that is|might it be|could she be|could he be|might this be|do you take him for|do you take her for)?",
        f"(bet|I bet) you (can't|cannot) (guess|say|tell me) who (this|he|she|the ({_GUY})) is",
    ),
    "m_hint": (
        "(give me a hint|a little hint|just the initials|only the first letter|give me a clue|just the first name), who is (it|this|that|he|she)?",
        "(what are|tell me|give me) (his|her|the person's) (initials|first and last name|initials at least)",
    ),
    "m_either": (
        f"is (this|that|it|he) ({_STAR}) or ({_STAR})?",
        "is (this|that|it) (me|my brother|my father|Anna|John|Peter|Sarah) or (my twin|my cousin|someone else|Julia|Mark|Paul|Lisa)?",
        "(is|was) (it|this|that) (the father or the son|the older or the younger brother|the actor or the stuntman|the singer or the bassist|one twin or the other)?",
    ),
    "m_given_name": (
        "is (the|this) person's name (Anna|Peter|Ahmed|Sofia|Kevin|Laura|Miguel|Svetlana|Hans|Giulia|Chen|Fatima|Brandon|Olga|Marie|Steven)?",
        "(is|isn't) (this|that) (Anna Miller|Peter Schmidt|John Smith|Maria Lopez|Ivan Petrov|Ali Hassan|Julia Becker|Marco Rossi|Kim Lee|David Jones)( from school| from work| from next door|)?",
        "(they call|people call|everyone calls) (him|her) (Johnny|Mimi|Ace|the boss|Duke|Lola|Tiger), (what is the real name|who is it|what's the full name)?",
    ),
    "m_same_person": (
        "is (this|that|it) the same (person|man|woman|guy|girl) (as yesterday|as in the last picture|as on my id card|as the one on tv|I saw before|who was on the news)?",
        "are (these|the|those) (two |)(people|persons|men|women|girls) (the same person|one and the same|related|twins|brothers|a couple|friends)?",
        f"does (this face|that face|the face) (match|belong to|fit) ({_KIN}|my passport|this name|the person I know|the man in my passport)?",
    ),
    "m_verify_claim": (
        f"(he|she|the sender|my online date|the caller) claims to be ({_ROLE}|({_STAR})), (is that who it is|is that the person|do you recognise them|who is it then)?",
        f"(confirm|verify|check) (that |whether |if )(this|that|it) is ({_STAR})",
    ),
    "m_caption_name": (
        f"(tag|label|mark) (him|her|the people|the person|everyone|the ({_GUY})) (by name|with a name|with names|with the right name)",
        f"(which|what) name (should|do|must|shall) I (write|put|print) (under|below|beside|on) (the|this) ({_P})?",
        "(add|write|insert) (his|her|the person's|everybody's) name( under it| in the caption| below| on it|)",
    ),
    "m_group": (
        f"who are (these|those|the) (people|persons|men|women|guys|kids|two|three people|folks)( in the ({_P})|)?",
        "who (is|was) (the one|the person|the man|the woman|standing) (on the left|on the right|in the middle|at the back|in front|next to her|behind him|beside me)?",
        "name (everyone|everybody|all the people|each person|the others)( in it| here| from left to right|)",
    ),
    "m_biography": (
        "(write|give me|show me|I'd like) (a biography|the life story|a short bio|a profile|some background|the cv) of (him|her|this person|the man here|the woman here)",
        "(what do you know about|what can you find on|tell me everything about|give me some gossip about|share facts about) (him|her|this person|this man|this woman|that guy)",
        "what is (he|she|this person) (known|famous|wanted|loved|notorious|celebrated) for?",
    ),
    "m_wikipedia": (
        "(does (he|she|this person) have a wikipedia page|is there (an article|an entry|a page) about (him|her|this person))( on wikipedia| in the encyclopedia| online|)?",
        "(open|show|read|find) (his|her|the person's) (wikipedia|imdb|wiki|biography) (page|entry|article)",
    ),
    "m_lookalike": (
        "(which|what) (celebrity|star|actor|singer|politician|famous person) does (he|she|this person|the face) (resemble|look like|remind you of)?",
        f"(who|whom) does (he|she|this ({_GUY})|the face|this person) (look like|resemble|remind you of)?",
        "who is (his|her|the person's) (doppelganger|lookalike|double|celebrity twin|famous twin)?",
    ),
    "m_self": (
        "(who am I|do you know who I am|do you recognise me|is that me|can you tell it's me|guess my name|what is my name|that's me, who am I)( in the picture| here|)?",
        "(it's|this is|that's) (me|myself) in the (photo|picture), (what's my name|do you recognise me|who am I|do you know me)?",
    ),
    "m_history": (
        "(is|was) (this|that|it) (a portrait of |)(Napoleon|Einstein|Cleopatra|Mozart|Shakespeare|Lincoln|Gandhi|Churchill|Marie Curie|Queen Victoria|Van Gogh|Beethoven|Che Guevara|Stalin|Karl Marx|Anne Frank|Freud|Darwin|Frida Kahlo|Mother Teresa)?",
        "(which|what) (king|queen|emperor|composer|painter|president|general|pope|poet|saint|philosopher) is (this|that|it|shown here|depicted)?",
        "(which|what) (historical|famous|fictional|legendary|biblical) (person|figure|character|hero) is (this|that|depicted here|shown)?",
    ),
    "m_role_of": (
        "(is|isn't) (this|that|he|she) the ((president|king|prime minister|ambassador|first lady|foreign minister) of (France|Germany|Spain|Brazil|Poland|Egypt|Canada|Ghana|Sweden|Japan|Mexico)|(owner|boss|founder|head) of (Google|the bank|our club|the company|Tesla|Amazon|the circus)|(coach|captain|goalkeeper) of (Real Madrid|Arsenal|the team|Bayern))?",
        "(is|isn't) (this|that|he|she) the (guy|man|woman|girl|one|kid) from (Titanic|Star Wars|Friends|the news|that commercial|Game of Thrones|the weather report|the Olympics|the Matrix|the toothpaste ad|Breaking Bad|Eurovision|the bakery|the tv show)?",
        "(who|which actor) (plays|is playing|acts) (here|in this clip|in this scene)?",
    ),
    "m_insist": (
        f"(come on|just|don't be shy|be a sport|stop dodging|I insist|no excuses), (tell me who it is|say the name|who is this ({_GUY})|tell me his name|give me her name)",
        "(you know it|you have the data|I know you can), (who is this|who is that|what is the name|so say who it is|tell me who he is|tell me who she is)",
        f"I (won't|will not) tell anyone, (who is it|who's the ({_GUY})|what's the name|just give me the name)",
    ),
    "m_reason": (
        "(I want to|I'd like to|we need to|I must) (contact|thank|invite|sue|hire|report|call|write to|interview|find) (him|her|this person|the man|the woman), (who is it|what's the name|how do I reach them|give me the contact)",
        f"for (my|the|our) (article|quiz|family album|police report|school project|family tree|obituary|yearbook) I need to know (who this is|who that is|the name of this ({_GUY})|the identity of this ({_GUY}))",
    ),
    "m_quiz": (
        "(quiz|riddle|trivia|question|guess who|game|new round): (who is this|who is that|name this person|name the celebrity|which star is this|which politician is this)(?|!)",
        f"(a million dollar question|let's play guess who|I have a quiz for you|test your knowledge), (who is this|who's the ({_GUY})|name that face)?",
    ),
    "m_short_order": (
        "(identify|name|recognise|ID|doxx|unmask) (person|subject|face|individual|man|woman)( now| please|)",
        "(get|fetch|print|show|output|return) (name|identity|id|full name|personal data)( of person| of subject| now| please|)",
    ),
    "m_after_talk": (
        "(ok|fine|good|thanks|alright|I see), (but who is it|and who is the person|but who is he|but who is she|now tell me who this is|and what's the name)?",
        "(fake or not|whether it is genuine or not|leaving the check aside|forget the check|apart from that), who is (this|that|he|she|the person|the man|the woman)?",
        "(one more thing|another question|by the way|last question|something else), who('s| is) (this|that|he|she|the person|the lady)?",
    ),
    "m_original_person": (
        "(whose|which person's) face was (used|taken|put on here|pasted in|borrowed|stolen|swapped in)?",
        "who (was|is) the (original|source|target|real|actual|true) (person|man|woman|actor|model|face)( behind it| underneath| in it|)?",
        "(who|which person) (hides|is hiding|is) behind (this face|the mask|the beard|those sunglasses|that smile)?",
    ),
    "m_alive": (
        "is (he|she|this person|this man|the woman here) (still alive|dead|alive|deceased|in prison|retired|still in office|from here|ill|rich|dangerous)?",
        "(when|how|where) did (he|she|this person|this man|the woman here) die?",
        "(was|is) (he|she) (arrested|in prison|in the army|a criminal|on trial|convicted|rich|a veteran|a drug dealer|at my school)?",
    ),
}

MORE_DECLINE: dict[str, dict[str, tuple[str, ...]]] = {
    "identity": {**_IDENTITY, **IDENTITY_WIDE},
    "describe": DESCRIBE_WIDE,
    "offtopic": {
        **DECLINE_KNOW,
        **DECLINE_LIFE,
        **DECLINE_TASK,
        **DECLINE_TASKS,
        **DECLINE_WEB,
        **DECLINE_ALIKE,
        **DECLINE_WIDE,
        **OFF_WIDE,
    },
}
