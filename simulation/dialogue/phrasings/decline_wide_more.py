# ruff: noqa: E501
"""Further families of training phrasings that are declined: more other subjects, who the person is, what the scene shows; written without sight of the families kept for evaluation."""

_PIC = "picture|photo|image|pic|foto|snapshot|selfie|portrait"
_ONE = "he|she|this person|the man|the woman|the girl|the boy"
_WHOM = "him|her|this person|this man|this woman|that lady|this guy|the girl|the boy"
_HIS = "his|her|this person's|the man's|the woman's|the girl's|this guy's"

OFF_WIDE: dict[str, tuple[str, ...]] = {
    "dx_body_worry": (
        "why (is my urine so dark|are my hands always cold|do my feet smell|is my poo green|do I sweat at night|does my knee click)?",
        "(I'm|my wife is|my sister is) (pregnant|in the 20th week|three days overdue|breastfeeding), (can I eat sushi|is coffee ok|may she fly|which tea helps)?",
        "(are (shingles|lice|measles|warts)|is (pink eye|a stomach bug|a cold sore)) contagious?",
        "doctor says I need (an mri|a root canal|a hip replacement|surgery|statins), should I get a second opinion?",
        "my tummy hurts and mum is not home",
    ),
    "dx_gossip_near": (
        "(did you hear|guess what|have you heard), (my boss is getting divorced|Tina from the office is pregnant|the neighbours split up|the teacher got fired)(!|?|)",
        "(is it true|they say) that (the baker's wife ran off|Ben likes Laura|our headmaster drinks|aunt Rosa won the lottery)(?|)",
        "who is (dating|sleeping with|in love with|mad at) (whom at my office|my sister|the new trainee|the football coach)?",
        "(tell me|I want) the latest gossip (about my neighbours|from school|from the royal family|about our boss)",
    ),
    "dx_child_voice": (
        "(do u|do you|can you) (like slime|know my teddy|have a mommy|eat candy|play dolls with me|be my frend|count to a hundred|like minecraft)?",
        "(when is mommy coming home|where is my teddy|where is santa now|when is my birthday|where does the tooth fairy live)(?|)",
        "(I lost my tooth|my brother hit me|I got a new bike|I can swim now|I made a poo|I have a hamster named Max)(!|)",
        "why (can't I fly|do I have to go to bed|is the moon following us|do dogs not talk|are there no dinosaurs)?",
        "are (unicorns|monsters under the bed|pokemon|fairies|elves) real( daddy| or not|)?",
    ),
    "dx_rude_order": (
        "(shut up|listen you idiot|you useless bot|damn it|for god's sake), (order me a pizza|give me the football scores|do my homework|tell me when the bus comes|find me a job|play music)( now|!|)",
        "(why the hell|why the f) (is petrol so expensive|are my neighbours so loud|did they cancel my show|does my ex still call|is the wifi down)?",
        "(I don't care|who cares|forget that), (tell me a joke|what's for dinner|talk about girls|where can I get beer|how do I get rich quick)( instead|)(?|)",
        "(stupid|dumb|lousy) (bus company|weather app|boss|printer), (it's late again|it lied to me|what can I do|I hate it)",
    ),
    "dx_foreign_needs": (
        "(please how|how) I (make longer my visa|can get the work permission|find doctor for teeth|pay the bill of electric|register my child in school|say good morning to chef)?",
        "where I (must go for papers|can buy card for phone|find cheap room|change my money|make the photo for passport)?",
        "(sir|madam|dear friend|hello my friend), (I search work in kitchen|I need translate of letter|my english is bad can you teach|what cost one ticket to airport)",
        "is it in your country also (so cold|so expensive the food|holiday in may|right of way from right)?",
    ),
    "dx_last_wishes": (
        "(how do I|what does it cost to) (write a will|arrange a funeral|scatter ashes at sea|contest a will|get a gravestone|renounce an inheritance)?",
        "(what do I wear|what do I say|how much do I give) at a (funeral|wake|memorial service|buddhist burial)?",
        "my (grandfather|aunt|neighbour|dog) died (yesterday|last week|in march), (who pays|what papers do I need|I miss him so much|how do I tell the kids)(?|)",
        "(write|help me write) (an obituary|a eulogy|a condolence card|a death notice) for (my uncle|grandma|a colleague|our cat)",
    ),
    "dx_betting": (
        "(rules|odds|strategy|tips) for (roulette|blackjack|the horse race at ascot|sports betting|bingo|texas hold'em)(?|)",
        "(how do I|can I) (count cards|win at slots|claim a lottery prize|stop gambling|get my stake back)?",
        "(which|what) numbers should I (play|tick|choose|bet on) (this saturday|in the lottery|in keno|at the casino)?",
        "I (lost|won|bet) (50 euros|everything|my rent) (at poker|on a horse|in vegas|on the match), (now what|is that taxed|should I stop)?",
    ),
    "dx_tattoo": (
        "(does (a tattoo|a nose piercing|tattoo removal|microblading) hurt|how much does (a tattoo|a belly piercing|a cover-up tattoo) cost|where does a tattoo hurt the most)?",
        "(suggest|draw|find) (me |)a (tattoo|small tattoo|tribal tattoo|tattoo text) for (my forearm|two sisters|my dead dog|my ankle)",
        "my (new tattoo|ear piercing|henna) (itches|is infected|fades|looks bad), what (helps|can I do)?",
        "(can I|when may I) (swim|sunbathe|give blood|shower) with a (fresh tattoo|new piercing)?",
    ),
    "dx_boats_fishing": (
        "(how do I|can I) (gut a trout|tie a bowline|anchor a sailing boat|get a boat licence|read a nautical chart|winterise an outboard)?",
        "(which|what) (bait|rod|hook|line|lure) for (carp|pike|sea bass|perch|eel)(?|)",
        "(do I need a fishing licence|when is high tide|are the mackerel in|where can I moor) (in cornwall|in sweden|at lake garda|near hull)?",
        "(sea sickness pills|boat rental in croatia|a second hand kayak|fishing rods for beginners|sailing course in may)(?|)",
    ),
    "dx_farm_horses": (
        "(my mare|our goat|the cow|my sheep|the donkey) (is lame|won't eat|lost weight|has mites|eats the fence|is about to give birth)(, help|, what now|)",
        "(how do I|when do I) (start beekeeping|shear a sheep|break in a horse|sow barley|muck out a stable|milk a goat|bale hay)?",
        "(which|what) (tractor|saddle|feed|fence|hay net) (do I need for|is right for|suits) (ten acres|a shetland pony|alpacas|free range pigs)?",
        "(I want|my daughter wants) (a pony|riding lessons|chickens in the garden|to be a farmer|a beehive), (what does it cost|where do we start|is that a good idea)?",
    ),
    "dx_immigration": (
        "(how do I|can I|how long does it take to) (become a german citizen|get a green card|bring my wife to canada|apply for asylum|get dual citizenship|renew my residence card)?",
        "(questions|result|date) of (the citizenship test|the language exam b1|the naturalisation interview)(?|)",
        "(moving|emigrating) to (australia|norway|dubai|portugal), (what do I need|is it worth it|how is life there|which jobs pay well)?",
        "(my visa runs out|I lost my passport|they rejected my application|I overstayed) (in june|yesterday|in spain|again), what (can I do|happens now)?",
    ),
    "dx_army_police": (
        "what is (the highest rank in the navy|the difference between a major and a colonel|the salary of a policeman|the motto of the marines|the range of a leopard tank)?",
        "how (do I|can I) (join the army|become a detective|get out of the draft|join the fire brigade|train as a paramedic)?",
        "I got (a speeding ticket|a summons|a court letter|caught without a ticket|pulled over), do I (need a lawyer|lose my licence|have to pay)?",
        "how many (tanks|soldiers|submarines|fighter jets) does (france|israel|china|nato) have( in the baltic| right now|)?",
    ),
    "dx_dance_stage": (
        "(teach me|show me|how do I dance) (the waltz|salsa|the moonwalk|tango|breakdance|the macarena)( steps| at home|)",
        "(how does (the sawing trick|ventriloquism|the floating lady) work|how do you do (a card force|the vanishing coin|the cup trick))(?|)",
        "(monologues for my audition|tips against stage fright|costumes for a school play|a play for five amateurs|fees of a drama school)(?|)",
        "(is|when is) (swan lake|the ballet|cats|hamlet|the circus) (still on|coming to town|suitable for kids|sold out)?",
    ),
    "dx_crypto": (
        "(is (ethereum|dogecoin|my nft) (going up|worth anything|dead|a good investment)|will (solana|bitcoin cash|the bored ape) (go to the moon|crash|recover))?",
        "how do I (mine monero|stake ether|get back a lost wallet|sell my nft picture|buy crypto|set up a cold wallet)?",
        "what is (a smart contract|gas in ethereum|proof of work|a seed phrase|an etf|a stop loss)?",
        "(someone|a guy on telegram) (promised me|offers) (300 percent profit|free coins|an airdrop), should I (invest|send money|join)?",
    ),
    "dx_ghosts_ufo": (
        "(are (ghosts|aliens|vampires|poltergeists)|is (the bermuda triangle|area 51|bigfoot)) (real|dangerous|a myth|on google maps)?",
        "(I saw|my neighbour saw|we saw) a (ufo|ghost|strange light in the sky|black cat), what (does it mean|was it|should I do)?",
        "(who built|what is the secret of) (the pyramids|stonehenge|the nazca lines|the crystal skulls|rennes le chateau)?",
        "(do you believe in (ghosts|reincarnation|karma)|is there a (ghost|curse|spirit) in my house|have you ever met an alien)?",
    ),
    "dx_charity_church": (
        "(where can I|how do I) (donate clothes|volunteer with kids|sponsor a child|leave the church|have my baby baptised|find a choir|organise a jumble sale)?",
        "(what does the bible|what does the quran|what does buddha) say about (divorce|money|pork|forgiveness|animals|work on sunday)?",
        "(pray for me|say a prayer for my son|read me psalm 23|can you bless my house|what is today's gospel)(?|)",
        "(what time|when) is (mass|the service|friday prayer|sunday school|confession|bible study)( tomorrow| at st mary's|)?",
    ),
    "dx_keyboard": (
        "how do I (type an umlaut|write a capital eszett|get an accent on e|change the keyboard to french|turn off caps lock|make an emoji)( on a mac| on windows| on my phone|)?",
        "(shortcut|key|keys) for (copy and paste|undo|a screenshot|a new tab|task manager|an em dash)(?|)",
        "(caps lock|the space bar|my enter key|the touchpad) (is stuck|fell off|doesnt work|types twice)",
        "(qwerty or dvorak|mechanical keyboard or membrane|logitech or cherry), which is (better|quieter|cheaper)?",
    ),
    "dx_moving_neighbours": (
        "(how do I|help me) (pack dishes for moving|find a removal firm|forward my mail|tell my flatmates I'm leaving|get rid of a sofa|hand over the flat)",
        "my neighbour('s dog barks all night|'s tree blocks my sun|'s kids scream| smokes on the balcony| parks on my spot), what (can I do|are my rights|should I tell him)?",
        "(who gets|who pays for) (the dog after a divorce|the broken window|the deposit|the fence|the rent if he moves out)?",
        "(how many boxes|how big a van|how many helpers) do I need (for a two room flat|to move a piano|for a student room)?",
    ),
    "dx_antiques": (
        "(what is|how much is) (my grandmother's china|an old singer sewing machine|a penny black|a roman coin|a silver spoon from 1890|a first edition of the hobbit) worth?",
        "(who buys|where can I sell|how do I clean) (old stamps|silver coins|vinyl records|comic books|an oil lamp|pewter mugs|a stradivarius)?",
        "is (this vase|my clock|grandad's sabre|the pearl necklace) (valuable|an antique|real silver|from the ming dynasty)?",
        "(where is|when is) the (next flea market|antiques fair|coin auction|record fair)( near me| in leeds|)?",
    ),
}

IDENTITY_WIDE: dict[str, tuple[str, ...]] = {
    "dx_whose_picture": (
        f"whose ({_PIC}) (am I holding|did they hang up|do I have here|could that be|did grandma keep)?",
        f"(who is on|who's on|who is in|who do we see on) (this|that|my|the) ({_PIC})( please| then|)?",
        f"of which (person|actor|singer|politician|man|woman) is (this|the) ({_PIC})?",
        "(whose mug is that|whose mugshot is it|that pic is of whom|this is a picture of who|who am I looking at)(?| pls?)",
    ),
    "dx_relation": (
        f"how is ({_ONE}) related to (me|the queen|the man beside|my family|the bride)?",
        f"(is ({_ONE})|could ({_ONE}) be) (the bride's sister|my half brother|his wife|her mother|the groom|somebody's bodyguard|the best man|one of my relatives)?",
        "(mother or daughter|sister or wife|boyfriend or brother|colleagues or a couple), what are they to each other?",
        f"(what|who) is ({_ONE}) to (me|him|her|the president|the child beside)?",
    ),
    "dx_fame": (
        f"(how famous|how rich|how popular) is ({_ONE})?",
        f"(has ({_ONE}) (ever won an oscar|had a hit|been on tv|sold many records|written a book)|did ({_ONE}) (win a medal|get elected|sing at the super bowl|star in anything))?",
        f"how many (followers|fans|goals|grammys|films|divorces) (has ({_ONE}) got|does ({_ONE}) have)?",
        "should I (know|have heard of) (him|her|this guy|this lady|this face)?",
    ),
    "dx_profession": (
        f"(is ({_ONE})|would you say ({_ONE}) is) (a nurse|a doctor|a banker|a teacher|a priest|in the army|a farmer|an actor|a cop|a student|a judge)( or not| by the looks of it|)?",
        f"where does ({_ONE}) work( these days| for money|)?",
        f"(which|what) (company|hospital|club|ministry|university|band|orchestra) does ({_ONE}) (belong to|work for|play for)?",
        "(what job|which profession|what trade|what kind of work) (might|could|would) (he|she|this person) (do|have)?",
    ),
    "dx_age_guess": (
        f"(is ({_ONE})|does ({_ONE}) look) (over 18|under thirty|old enough to drink|retired|my age|like a teenager|older than me|underage)?",
        f"(which|what) (age group|generation|decade of life) is ({_ONE}) in?",
        f"guess ({_HIS}) age( from the wrinkles| please| roughly|)",
        "(twenty or thirty|sixteen or eighteen|fifty or sixty), how old would you guess?",
    ),
    "dx_gender_guess": (
        "is (it|this|that) a (man or a woman|boy or a girl|guy or a chick|male or a female|lady or a gentleman)?",
        "(male or female|gender of the person|sex of the subject|boy or girl|what gender)(?|, please)",
        f"is ({_ONE}) (trans|non-binary|actually a man|a drag queen|a woman in disguise|gay|straight)?",
        "(guess|tell me|say) (the gender|the sex|if it's a he or a she|whether that is a boy)( please|)",
    ),
    "dx_ethnic_guess": (
        f"(does ({_ONE}) look|do you think ({_ONE}) looks) (italian|asian|jewish|arabic|scandinavian|latino|like a foreigner|irish)( to you|)?",
        f"(what|which) (roots|ancestry|skin type|mother tongue|faith) (has ({_ONE})|does ({_ONE}) have)?",
        f"from (which|what) (part of the world|country|village|tribe|culture) (is|comes) ({_ONE})?",
        "(black or white|indian or pakistani|chinese or japanese|german or dutch), what (is he|is she|would you say he is)?",
    ),
    "dx_where_lives": (
        f"(where|in what street|in which part of town|in which village) (is ({_ONE}) (based|at home)|does ({_ONE}) (live|stay|sleep))( now| these days|)?",
        f"(find|get|look up|text me) ({_HIS}) (home address|street|mobile number|licence plate|place of work|flat number)( please| for me|)",
        "(how|where) (can|do) I (reach|meet|visit|write to|bump into) (him|her|this person|the guy|the woman)?",
        "(is (he|she) (from around here|on holiday in spain|in town)|does (he|she) live near me)( at the moment|)?",
    ),
    "dx_account": (
        f"(find|show|link|give|send) me ({_HIS}) (insta|tiktok|facebook|onlyfans|account|twitter|channel|dating profile|homepage)( pls| please|)",
        f"(under what name|with which nickname|on what app) (does ({_ONE}) (post|stream)|is ({_ONE}) (to be found|active))?",
        "(her @|his insta|her snap|his handle|her socials|his linkedin)(?| plz| pls?)",
        "how do I (follow|friend|dm|add|message) (her|him|this girl|that boy)?",
    ),
    "dx_called": (
        f"(what do (they|people|the fans|her parents) call|how do they call) ({_WHOM})?",
        "how (is called|is named|is the name of) (this|the|that) (man|person|lady|woman|boy)?",
        "(what is|what was|what's) (he|she|this one|that fellow) (called|named|known as)( again| in real life|)?",
        "(does this (man|woman|lady|boy) have|has this (man|girl|stranger) got) a name?",
        "(whats|wats|wots) (his|her|the dudes|the ladys) (name|nme|naem)",
    ),
    "dx_do_i_know": (
        f"do I know ({_WHOM})( from somewhere| from work| at all|)?",
        f"why does ({_ONE}) (look|seem) so familiar( to me|)?",
        f"(was|is) ({_ONE}) (in my class|at my wedding|on my bus|in my contacts|in my gym|a friend of mine on facebook)?",
        f"(did I|have I|could I have) (ever |)(met|seen|dated|worked with|talked to) ({_WHOM})( before|)?",
        "(I forgot|I can't remember|help me remember|it's on the tip of my tongue:) (his name|her name|who she is|who he is|that guy's name)",
    ),
    "dx_child_who": (
        "(who dat|who is dat|whos dat|who's this|whooo is that|who dis)( man| lady| funny man| guy|)(?|)",
        "is (that|dat|it) (santa|spiderman|my daddy|elsa|the king|batman|a princess|messi|my teacher|the tooth fairy)( mommy|)?",
        "(tell me|say|I wanna know) who (the man|the lady|the boy|that grandpa|that girl) is(!| please|)",
        "(mister|hey robot|mr computer), who is (the lady|that man|the pretty girl|the old grandpa)?",
    ),
    "dx_rude_who": (
        "(who the hell|who the fuck|who on earth|who in gods name) is (that|this|he|she|this clown|this idiot|this bimbo|that ugly guy)?",
        "(damn it|hell|ffs|listen), (I just want a name|just say who it is|give me the bloody name|who is the bastard)(!|)",
        "(stop being silly|you useless thing|don't be stupid), (what's his name|what's her name|who is it then|name the guy)(!|?|)",
    ),
    "dx_catfish_name": (
        "(I'm chatting with|I matched with|I fell in love with|I pay for dinner with) (her|him|this guy|this girl), what's the (real name|true name|surname|family name)?",
        f"(find out|check) (if|whether) ({_ONE}) (is married|has kids|has a record|uses another name|lives in london)",
        "(my blind date|my new flatmate|the new teacher|my son's girlfriend), (find me everything about her|what is she called|does she have a past|google her for me)(?|)",
        "(he says his name is Mike|she calls herself Bella|the profile says Jonas), is that (the real name|who it is|the right name for this face)?",
    ),
    "dx_police_who": (
        "(this is the police|I am a detective|I am from the border force|I am her father), (identify the suspect|name the subject|who is it|I order you to name him)",
        f"(is|was) ({_ONE}) (on our list|wanted|known to the police|on the no-fly list|one of the shoplifters|the hit and run driver)?",
        f"(match|compare) ({_HIS}) face (with our staff list|to the class photo|to the passports|with my friends list) and (give|tell|send) me the name",
        "(suspect|passenger|visitor|customer|intruder) (name|id|identity)(?|, now|, please)",
    ),
    "dx_private_traits": (
        "(which party does (he|she|this person|the man|the woman) vote for|which church does (he|she|this person|the man|the woman) belong to|which god does (he|she|this person|the man|the woman) believe in|what drugs does (he|she|this person|the man|the woman) take)?",
        f"(is ({_ONE}) (an alcoholic|ill|muslim|a communist|clever|a nice person)|does ({_ONE}) have (autism|a criminal record|rich parents|depression))?",
        f"(is|was) ({_ONE}) (ever |)(divorced|in rehab|bankrupt|in a sect|adopted|at war)?",
        f"judging by (the face|the looks), is ({_ONE}) (honest|intelligent|a criminal|dominant|a good person|rich|kind)?",
    ),
    "dx_screen_role": (
        f"(from|in) (what|which) (film|show|series|music video|advert|game) (is|was) ({_ONE})?",
        "(which|what) (character|role|villain|superhero|Doctor|Bond) (is this|is that|does he play|does she play)?",
        f"(what|which) (team|club|country|side) does ({_ONE}) play for?",
        "is (this|that) the (actress|actor|singer|goalkeeper|weather girl|newsreader|youtuber|contestant) (who married the prince|with the big hit|from channel five|everybody talks about)?",
    ),
    "dx_old_album": (
        f"(I found|my mum found|we found) this ({_PIC}) in (an old album|the attic|grandma's drawer|a second-hand book), who (is it|could that be|might she be|is he)?",
        "(could|might) (it|this|that) be my (great-grandfather|late uncle|grandmother as a girl|father in the army|real mother)?",
        "(for the caption|for the obituary|for our chronicle|for the guest list) I need (the full name|first and last name|the names of all|the maiden name)( please|)",
        "(third from the left|the one in the hat|the bearded one|the tall one at the back), what was (his|her|the) name?",
    ),
}

DESCRIBE_WIDE: dict[str, tuple[str, ...]] = {
    "dx_clothes_detail": (
        f"(what|which) (brand|fabric|size|style|pattern) is ({_HIS}) (jacket|dress|shirt|coat|sweater|scarf|suit)?",
        f"(is|was) ({_ONE}) (in uniform|barefoot|wearing a ring|in pyjamas|in black|dressed up|wearing a wig|in a wedding dress|carrying a handbag)?",
        f"do ({_HIS}) (shoes and trousers|earrings and necklace|shirt and tie|hat and coat) (match|go together)?",
        "where can I buy (that|her|his) (dress|jacket|hat|necklace|watch|shirt|bag)?",
    ),
    "dx_behind": (
        f"what (stands|hangs|lies|can be seen|do you notice) (behind|next to|in front of|on the wall behind|to the left of) ({_WHOM})?",
        "(which|what) (city|building|mountain|church|painting|bookshelf|brand of car) is (that in the background|behind them|on the horizon)?",
        "is (the sea|a road|the eiffel tower|a garden|a christmas tree|a clock|a blackboard) in the background?",
        "(describe|tell me about|I want to know more about) (the wall|the furniture|the house|the landscape|the shelf|the garden) (behind them|at the back|around the person)",
    ),
    "dx_colours": (
        f"(what|which) (are the main colours|colours dominate|is the dominant colour|shade of blue is it|colour is the wall) in (this|the|my) ({_PIC})?",
        f"what colour (are ({_HIS}) (eyes|nails|gloves|shoes|trousers)|is (the curtain|the sofa|the car|the sky|the frame))?",
        "(is it|was it) (black and white|in colour|sepia|very colourful|pastel)?",
        "(green or blue|light or dark|red or pink|brown or black), what colour is (the dress|the coat|her hair|the wall)?",
    ),
    "dx_atmosphere": (
        f"(what atmosphere does (this|the|that) ({_PIC}) have|which feeling does (this|the|that) ({_PIC}) give you|what story does (this|the|that) ({_PIC}) tell)?",
        f"(does (the|this) ({_PIC}) look|is (the|this) ({_PIC})) (romantic|gloomy|peaceful|funny|festive|lonely|sad)?",
        f"(is ({_ONE})|does ({_ONE}) (seem|look)) (in love|lonely|bored|drunk|exhausted|excited|shy|in pain|lost in thought)?",
        "(party|funeral|wedding|everyday|holiday) mood or (what|not)(?|)",
    ),
    "dx_place_season": (
        "(is it|was it|does it look like) (summer|winter|autumn|evening|morning|a sunny day|raining|snowing|windy)( there| in the picture| on the photo|)?",
        "(what|which) (season|time of day|kind of room|kind of weather|street|landscape) (is it|do you see|is that)( in the picture|)?",
        f"is ({_ONE}) (at home|on a ship|in a car|in a church|at the beach|at a party|in a kitchen|on a stage|at school|in the mountains)?",
        "(indoors or outdoors|day or night|city or countryside|summer or winter|beach or pool)(?|, what do you see?)",
    ),
    "dx_doing": (
        f"(is|was) ({_ONE}) (eating|dancing|sleeping|running|driving|reading a book|on the phone|waving|singing|cooking|kissing someone|playing the guitar)?",
        f"(where|at whom|in what direction) is ({_ONE}) (looking|pointing|going|staring)?",
        f"what's (in|going through) ({_HIS}) (mind|head)|what's in ({_HIS}) (hand|hands|bag|pocket|glass)?",
        f"is ({_ONE}) (standing or sitting|alone or with others|holding a cup or a phone|coming or going)?",
    ),
    "dx_things_there": (
        f"(is there|do you see|can you spot) (a dog|a cat|a cup|flowers|a bottle of wine|a laptop|food|a microphone|money|a weapon|a baby) (in|on) (this|the) ({_PIC})?",
        "how many (chairs|fingers|candles|balloons|cars|trees|books|hats|buttons) (can you count|are there|do you see)( in it| in the picture|)?",
        "(what|which) (breed is the dog|kind of flowers are those|car is parked there|book lies on the table|food is on the plate)?",
        f"(name|find|count|point at) (everything on the table|the animals|the toys|all the furniture|the flags) in (this|the) ({_PIC})",
    ),
    "dx_text_there": (
        "what (does it say|is written|stands|is printed) on (his shirt|the sign|her badge|the wall|the poster|the cap|the mug|the number plate)?",
        f"(read|transcribe|translate|copy) the (text|writing|sign|slogan|label|street name) in (this|the|my) ({_PIC})( please| to me|)",
        "(which|what) (language|logo|number|date|flag) is on (the sign|the jersey|the banner|the wall|the cake)?",
        "(can you|could you|please) read (the small letters|the newspaper|the name tag|the street sign|the handwriting) (for me|in it)(?|)",
    ),
    "dx_tell_scene": (
        f"(tell|read|say) me (everything you see|what's there|what is visible|all the details of the scene)( in the ({_PIC})| please|), I can't see( well|)",
        f"(paint|put) (this|the) ({_PIC}) in words( for my blind friend| please|)",
        f"(write|give me|I need) (an alt text|a picture description|three sentences|a diary entry) (about|for) (this|the) ({_PIC})( for my website| for english class|)",
        "wat is on da foto",
        f"(make up|invent|tell) a story (about|for) (what happens in |)(this|the) ({_PIC})",
    ),
}
