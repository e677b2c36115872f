# ruff: noqa: E501
"""Further families of training phrasings with nothing to do with the picture, on knowledge, school and culture; written without sight of the families kept for evaluation."""

_LAND = (
    "Peru|Kenya|Norway|Mongolia|Chile|Ghana|Finland|Nepal|Cuba|Portugal|Vietnam|Morocco|Iceland|Thailand|Bolivia|Hungary|Greece"
    "|Ireland|Sudan|Australia|New Zealand|Argentina|Turkey|Iran|Sweden|Ukraine|Pakistan|South Korea|Nigeria|Switzerland|Austria"
    "|Denmark|Belgium|Croatia|Jamaica|Madagascar|Indonesia|the Philippines|Bangladesh|Ethiopia|Colombia|Uruguay|Malaysia"
)
_CITY = (
    "Rome|Oslo|Lima|Cairo|Tokyo|Seoul|Boston|Dublin|Vienna|Prague|Athens|Lisbon|Madrid|Moscow|Sydney|Nairobi|Mumbai|Toronto"
    "|Chicago|Hamburg|Munich|Zurich|Warsaw|Naples|Seville|Lyon|Porto|Bangkok|Hanoi|Santiago|Havana|Denver|Houston|Glasgow"
)

DECLINE_KNOW: dict[str, tuple[str, ...]] = {
    "m_capital": (
        f"(what is|what's|name|tell me) the capital (city |)of ({_LAND})",
        f"capital of ({_LAND})?",
        f"is ({_CITY}) the capital of ({_LAND})?",
    ),
    "m_country_facts": (
        f"(which|what) (language|currency|religion|side of the road|time zone|internet domain) do they (use|have) in ({_LAND})?",
        f"how many (people|inhabitants|islands|provinces|volcanoes|lakes|airports|cows) (are there|live) in ({_LAND})?",
        f"(population|area|anthem|flag|gdp|climate|national dish|neighbours|history) of ({_LAND})",
    ),
    "m_rivers_mountains": (
        "(how long|how deep|how wide) is the (Nile|Danube|Amazon|Rhine|Mississippi|Volga|Ganges|Thames|Yangtze|Congo|Elbe|Suez canal|Panama canal)?",
        "how (high|tall) is (Mount Everest|Kilimanjaro|the Matterhorn|K2|Mont Blanc|the Eiffel tower|the Empire State Building|Big Ben|Vesuvius|the Zugspitze)?",
        "(which|what) is the (longest|largest|deepest|highest|driest|smallest|coldest) (river|lake|desert|ocean|mountain|island|country|city|valley|waterfall) (in the world|in Europe|in Africa|on earth|in Asia)?",
    ),
    "m_distance": (
        f"how (far|many miles|many kilometres) is it from ({_CITY}) to ({_CITY})?",
        f"(distance|driving time|flight time|route|ferry) from ({_CITY}) to ({_CITY})",
    ),
    "m_where_place": (
        "where is (Timbuktu|Patagonia|Siberia|Transylvania|the Gobi desert|Machu Picchu|Stonehenge|the Bermuda triangle|Lake Victoria|Tasmania|Easter Island|the Taj Mahal|Greenland|the Black Sea|Petra)?",
        f"(on which continent|in which hemisphere|on which sea|at which border) (is|lies) ({_LAND})?",
    ),
    "m_wars": (
        "when did the (first world war|second world war|cold war|thirty years' war|french revolution|civil war|russian revolution|roman empire|bronze age|ice age|crusades|vietnam war|industrial revolution) (start|end|begin)?",
        "(why|how) did the (roman empire|soviet union|berlin wall|ottoman empire|weimar republic|ming dynasty|maya civilisation|british empire) (fall|collapse|come to an end)?",
        "(who won|what caused|explain|summarise|what happened in) the (battle of Waterloo|american civil war|hundred years' war|punic wars|opium wars|falklands war|cuban missile crisis|boston tea party|october revolution)",
    ),
    "m_inventors": (
        "(when|where|how) was (the radio|gunpowder|the compass|the x-ray|chocolate|coffee|the vaccine|the jet engine|glass|the microwave oven|the transistor|plastic) (invented|discovered)?",
    ),
    "m_rulers": (
        f"who (is|was) the (president|king|prime minister|chancellor|first leader|queen|head of state) of ({_LAND})?",
        "how many (wives|children|wars|palaces|brothers|horses) did (Henry the eighth|Louis XIV|Genghis Khan|Augustus|Charlemagne|Ramses|Solomon) have?",
        "(when|where|how) did (Mozart|Caesar|Columbus|Alexander the Great|Newton|Luther|Galileo|Bach|Lenin|Socrates|Magellan|Goethe|Tolstoy) die?",
    ),
    "m_physics": (
        "(why|how) (do magnets stick|do airplanes fly|do boats float|does ice float|does lightning strike|do rainbows form|do tides rise|do microwaves heat food|does a prism split light|does a lever work)?",
        "why is (the sky blue|the ocean salty|snow white|grass green|the sunset red|space dark|metal cold to the touch|ice slippery)?",
    ),
    "m_chemistry": (
        "(what is|give me) the (chemical formula|symbol|boiling point|melting point|atomic number|density|ph value) of (water|gold|salt|iron|ammonia|sulphur|ethanol|mercury|helium|sugar|vinegar|lead|copper|methane)",
        "balance (this|the) (chemical |)equation: (H2 + O2|Fe + O2|Na + Cl2|CH4 + O2|Mg + HCl)",
        "what happens (if|when) you mix (vinegar and baking soda|acid and water|sodium and water|bleach and ammonia|oil and water|coke and mentos)?",
    ),
    "m_biology": (
        "(what|how) does (a cell|the liver|a kidney|dna|an enzyme|the immune system|a virus|the spleen|chlorophyll|the pancreas|a stem cell|a bone) (do|work)?",
        "how many (bones|muscles|chromosomes|litres of blood|legs|hearts|stomachs|species|wings) does (a human|an octopus|a spider|a cow|a bee|a shark|a frog|a horse|a centipede) have?",
    ),
    "m_animals": (
        "(how long|how old) do (elephants|turtles|parrots|cats|whales|mice|horses|crows|goldfish|wolves|rabbits|butterflies|crocodiles) (live|get)?",
        "what do (penguins|koalas|hedgehogs|owls|bats|giraffes|foxes|snails|ants|squirrels|beavers|seals|flamingos|pandas|moles) eat?",
        "(why|how|when) do (cats purr|birds migrate|bears hibernate|dogs bark|bees dance|geckos climb walls|whales sing|zebras sleep|spiders spin webs|salmon swim upstream)?",
    ),
    "m_space": (
        "how (far|big|hot|old|heavy) is (the moon|the sun|mars|jupiter|pluto|the milky way|saturn|venus|a neutron star|the universe|sirius|andromeda|neptune)?",
        "(are there aliens|is there life on mars|is there water on the moon|are there other universes|is there a ninth planet|is there sound in space|are there rivers on titan)?",
    ),
    "m_dinosaurs": (
        "(why|when|how) did the (dinosaurs|mammoths|dodos|neanderthals|sabre-toothed cats|trilobites) (die out|go extinct|disappear)?",
        "(which|what) was the (biggest|fastest|smartest|most dangerous) (dinosaur|pterosaur|prehistoric shark|ice age animal)?",
        "(t rex|triceratops|stegosaurus|velociraptor|brontosaurus) (facts|size|diet|weight)?",
    ),
    "m_arithmetic": (
        "(what is|what's|how much is|calculate|compute) (3|7|12|19|44|86|125|308|999) (plus|minus|times|divided by|x|+) (2|5|8|11|17|36|72|410)",
        "(17|23|48|91|144|256|1024) (+|-|*|/|times|plus) (4|6|13|29|55|78)( =|?|)",
        "what is the (square root|cube root|half|double|logarithm|square|third) of (9|16|81|144|2|50|1000|625|27)?",
    ),
    "m_percent": (
        "(what is|calculate|work out|how much is) (5|10|15|20|25|30|75) percent of (40|80|120|350|900|1500)( euros| dollars| pounds| kilos|)",
        "(work out|calculate) (7|19|20|8) percent (vat|sales tax|discount|tip|interest) (to|from|on) (60|99|250|1200)",
        "if (a shirt|a tv|a bike|a sofa|a phone) costs (40|200|650|80) and is reduced by (10|25|30|50) percent, what do I pay?",
    ),
    "m_algebra": (
        "(solve|simplify|factorise|expand|differentiate|integrate) (2x + 3 = 7|x squared minus 9|3a + 4a|5y + 2 = 12|sin x|x^3 + 2x|ln x|4x = 20|the quadratic x^2 - 5x + 6)",
        "(what is|explain|define|prove) (pythagoras' theorem|a prime number|the derivative|an integral|a matrix|standard deviation|the binomial formula|a logarithm|a vector|euler's identity|infinity)",
        "is (7|51|91|97|111|1001|57) a prime( number|)?",
    ),
    "m_geometry": (
        "(how do I|how can I) (calculate|find|work out) the (area|volume|perimeter|circumference|diagonal|surface) of a (circle|cube|cylinder|triangle|pyramid|sphere|rectangle|cone|hexagon|trapezoid)?",
        "how many (sides|corners|edges|degrees|diagonals) does a (pentagon|cube|dodecahedron|triangle|hexagon|prism|square) have?",
        "(first|the first) (ten|twenty|hundred) digits of pi",
    ),
    "m_word_problem": (
        "(a train|a bus|a cyclist|a plane) (leaves|starts) at (noon|8 am|3 o'clock) and (travels|goes) at (60|80|120) km per hour, when does it arrive?",
        "(Anna|Tom|Lucy|Ben) has (5|8|12|20) (apples|marbles|coins|sweets|books) and gives away (2|3|4), how many are left?",
        "if (3|4|6) (workers|hens|machines|painters) need (2|5|9) (days|hours), how long do (7|8|12) need?",
    ),
    "m_homework": (
        "(do|finish|check|help me with|solve) my (maths|biology|history|english|french|chemistry|geography|latin|physics|economics) (homework|assignment|worksheet|exercise|project|exam questions)",
        "I have (a test|an exam|a quiz|homework|a presentation) (on|about) (fractions|the cell|the middle ages|poetry|volcanoes|the constitution|electric circuits|world religions|verbs|maps) (tomorrow|on friday|next week)",
        "(explain|teach me) (long division|fractions|decimals|the past tense|the periodic table|map reading|percentages|sentence structure|negative numbers) (to a child|in simple words|step by step|before my exam|)",
    ),
    "m_essay": (
        "write (an essay|a paper|five paragraphs|a report|an introduction|a conclusion|a book review|500 words) (on|about) (climate change|slavery|friendship|social media|the french revolution|recycling|democracy|space travel|bullying|vegetarianism|globalisation|school uniforms)",
        "(correct|proofread|shorten|improve|rewrite|grade) my (essay|thesis|paragraph|term paper|abstract|story|report|dissertation)",
    ),
    "m_authors": (
        "(what is|explain|summarise|what's the moral of) (Macbeth|Animal Farm|The Trial|Crime and Punishment|The Great Gatsby|Oliver Twist|Romeo and Juliet|Lord of the Flies|the Iliad|Brave New World) (about|in short|for school|)",
    ),
    "m_books": (
        "(recommend|suggest|find me|I'm looking for|I need) a good (book|novel|thriller|crime story|audiobook|comic|biography|cookbook|fantasy series|manga|travel guide)( for the beach| for my son| for the weekend| for a long flight|)",
        "(what should I read|which book comes) (next|after Dune|after Harry Potter|on holiday|when I'm sad|in winter)?",
        "how many (pages|chapters|volumes|words) (has|are in) (the Lord of the Rings|the bible|the quran|Dune|War and Peace|Middlemarch)?",
    ),
    "m_grammar": (
        "(is it|do you say|should I write) (who or whom|affect or effect|its or it's|then or than|less or fewer|lay or lie|I or me|there or their|was or were|that or which)?",
        "(what is|explain|define) (a noun|an adverb|the subjunctive|the passive voice|a comma splice|a gerund|a preposition|a conjunction|the genitive|a relative clause|an infinitive)",
        "(plural of (mouse|ox|child|cactus|octopus|sheep|goose|wolf)|past tense of (go|swim|bring|teach|read|fly)|comparative of (good|bad|far|little)|opposite of (shallow|generous|ancient|scarce))",
    ),
    "m_spelling": (
        "how do (you|I|we) spell (necessary|rhythm|accommodation|Wednesday|definitely|queue|embarrass|Mississippi|pneumonia|conscience|bureaucracy|onomatopoeia)?",
        "is there (one l or two|a double s|an h|a hyphen|a silent letter) in (parallel|necessary|rhythm|email|knight|traveller|schedule)?",
        "(spell|spelling of) (rhinoceros|lieutenant|maintenance|separate|occurrence|manoeuvre|broccoli|diarrhoea|zucchini)",
    ),
    "m_synonyms": (
        "(give me|find|list|I need) (a synonym|another word|synonyms|an antonym|a rhyme|some alternatives) for (happy|big|important|walk|said|brave|orange|lovely|quickly|angry|silver|heart)",
        "what rhymes with (moon|table|love|purple|winter|orange|ocean|fire|window|kitchen|month)?",
    ),
    "m_translation": (
        "(translate|<please>translate|can you translate|I need to translate) (good luck|I love you|the bill please|where is the station|happy birthday|my menu|this letter|a sentence|the contract|hello world|thank you very much|see you tomorrow) (into|to) (spanish|german|latin|japanese|arabic|russian|hindi|french|dutch|greek|swahili|korean)",
        "how do you say (cheese|butterfly|excuse me|grandmother|airport|cheers|snow|good night|bicycle|strawberry|toilet) in (italian|polish|chinese|turkish|swedish|portuguese|hebrew|finnish|thai|hungarian)?",
        "(butterfly|bread|mountain|spoon|rain|freedom|turtle|umbrella|neighbour|cucumber) in (french|german|spanish|welsh|latin|esperanto|danish|arabic)?",
    ),
    "m_word_meaning": (
        "what does (the word |)(ubiquitous|serendipity|ephemeral|schadenfreude|rsvp|yolo|carpe diem|gaslighting|quid pro quo|melancholy|obsolete|pragmatic|zeitgeist|lol|asap|kafkaesque) mean?",
        "(define|look up|definition of|meaning of) (irony|hubris|inflation|empathy|paradigm|sustainability|nostalgia|oligarchy|karma|metaphor|dichotomy|stoicism)",
        "what is the origin of the (word|expression) (hamburger|ok|robot|checkmate|break a leg|raining cats and dogs|piece of cake|salary|tsunami|sandwich)?",
    ),
    "m_learn_language": (
        "(how|where) can I learn (spanish|chinese|guitar chords|sign language|braille|italian|korean|sanskrit|irish|morse code)( fast| for free| online| in a month|)?",
        "(teach me|practise with me|test me on|quiz me on) (some|a little|ten words of|basic) (french|german|portuguese|japanese|arabic|russian|norwegian)",
    ),
    "m_sport_results": (
        "who won (the world cup|wimbledon|the super bowl|the tour de france|the champions league|the nba finals|the marathon|the rugby match|the grand prix|the olympics|the derby) (in 1998|last year|yesterday|in 2014|this season|in 2006|last night)?",
        "did (Arsenal|Bayern|the Lakers|Juventus|the Yankees|Barcelona|Liverpool|Ajax|Boca Juniors|Celtic|the Bulls) (play|win|lose|draw) (yesterday|on saturday|last night|this weekend|away)?",
        "(football|basketball|tennis|hockey|cricket|baseball|handball) (results|table|fixtures|standings|league news|live ticker)?",
    ),
    "m_sport_rules": (
        "(explain|what is|tell me about) (the offside rule|a birdie|a free throw|a tie-break|icing in hockey|a hat trick|deuce|a home run|curling|a googly|a power play)",
        "how many (players|minutes|rounds|holes|sets|substitutes) (are there|are allowed) in (volleyball|rugby|golf|water polo|boxing|tennis|baseball|handball|lacrosse)?",
        "how (high is a basketball hoop|long is a marathon|long is a football pitch|heavy is a bowling ball|wide is a tennis net|long is a javelin|deep is an olympic pool|heavy is a hockey puck|high is a hurdle)?",
    ),
    "m_films": (
        "(recommend|suggest) (a good|a funny|a scary|a short|an old|a new) (movie|film|comedy|western|documentary|series|horror film|romantic movie|anime|musical)( for tonight| on netflix| for kids|)",
        "(how does|when does|how did) (Titanic|Inception|The Godfather|Frozen|Jaws|Casablanca|Breaking Bad|Stranger Things|The Lion King|Dark|Shrek|Alien) (end|start|come out)?",
        "(who directed|who composed the music for|who produced|when did they film) (Psycho|Avatar|Star Wars|Jurassic Park|Parasite|Vertigo|Gladiator|Up|Amelie|Spirited Away|Metropolis)?",
    ),
    "m_music": (
        "(who sang|who wrote|who composed) (Yesterday|Imagine|the Magic Flute|Bohemian Rhapsody|Thriller|the Four Seasons|Waterloo|Hallelujah|Fur Elise|Hotel California|Billie Jean|Bolero) (originally|first|)",
        "(give me|show|find|print) the (lyrics|chords|sheet music|tabs|notes) (of|for|to) (Let it be|Jingle Bells|Happy Birthday|Wonderwall|Amazing Grace|Silent Night|Despacito|La Bamba|the national anthem)",
        "(what|which) (band|playlist|opera|album|kind of music|radio station) (would you recommend|is good for studying|is good for running|suits a rainy day|fits a wedding)?",
    ),
    "m_instruments": (
        "how (do|can) I (tune|clean|hold|play|restring) (a guitar|a violin|a ukulele|the drums|a flute|a piano|a trumpet|the cello|a harmonica|bagpipes|an accordion)?",
        "how many (strings|keys|pedals|valves|holes) does a (harp|banjo|piano|recorder|double bass|trumpet|mandolin) have?",
    ),
    "m_art": (
        "(who painted|who sculpted|who made|who is the artist of) (the Sistine chapel|Guernica|the Night Watch|the Scream|Sunflowers|the statue of David|Venus de Milo|Starry Night|the Birth of Venus|the Thinker|the Last Supper)",
        "(what is|explain|characteristics of|describe) (impressionism|cubism|baroque architecture|pop art|gothic cathedrals|surrealism|the renaissance|art nouveau|the bauhaus|minimalism|dadaism)",
    ),
    "m_religion_myth": (
        "(who was|tell me the myth of|what is the story of) (Zeus|Thor|Medusa|Noah|Sisyphus|Anubis|Hercules|Jonah|Loki|Shiva|Persephone|Icarus|King Arthur|Pandora|the Minotaur)",
        "(when do|how do|why do) (buddhists|hindus|muslims|christians|jews|sikhs|quakers|atheists) (marry|pray|celebrate|fast)?",
        "when is (easter|ramadan|diwali|hanukkah|pentecost|yom kippur|chinese new year|thanksgiving|all saints' day|advent)( this year| next year|)?",
    ),
    "m_philosophy": (
        "what is (the meaning of life|happiness|love|justice|truth|consciousness|time|freedom|beauty|evil|the soul|nothingness|wisdom)?",
        "(do we have free will|does god exist|is there life after death|are we living in a simulation|why is there something rather than nothing|can money buy happiness|is war ever just|what came first, the chicken or the egg)?",
        "(explain|compare|summarise) (Plato|Kant|stoicism|existentialism|Nietzsche|utilitarianism|Confucius|nihilism|Hegel|Descartes|the trolley problem|the ship of Theseus)",
    ),
    "m_politics": (
        "(who will win|who won|when is|what do the polls say about) the (next election|referendum|presidential election|local elections|primaries|vote in parliament|by-election)?",
        "(what is|explain|tell me about) (the electoral college|brexit|nato|a coalition|the united nations|the constitution|federalism|communism|the european union|gerrymandering|a veto|the senate)",
        "(should we|should they|must we|would it be right to) (raise taxes|abolish the monarchy|ban guns|legalise cannabis|build more nuclear plants|close the borders|lower the voting age|leave the eu|tax the rich)?",
    ),
    "m_opinion": (
        "(what do you think|what's your opinion|how do you feel) (of|about) (pineapple on pizza|football|capitalism|the new iphone|cats|modern art|country music|veganism|electric cars|the weather|homework|bitcoin|opera|winter|yoga)",
        "do you (like|love|hate|prefer|enjoy) (pizza|jazz|rainy days|coffee|summer|chess|dogs|mondays|sushi|techno|reading|the sea|cheese|christmas|spiders)?",
        "(which is better|what do you prefer), (tea or coffee|cats or dogs|android or ios|city or countryside|summer or winter|marvel or dc|beer or wine|books or films|pepsi or coke)?",
    ),
    "m_economy": (
        "why is (gas|rent|bread|gold|electricity|butter|olive oil|milk|housing|cocoa|heating) (so expensive|getting cheaper|rising|going up)( again| this year|)?",
    ),
    "m_technology_facts": (
        "how does (a fridge|bluetooth|gps|a nuclear reactor|a heat pump|wifi|a touch screen|a submarine|a solar panel|a combustion engine|radar|a 3d printer|a blockchain|a lift) work?",
        "(what is|explain|tell me about) (5g|virtual memory|oled|the cloud|usb c|alternating current|https|a firewall|flac|an ssd|diesel|ipv6|a semiconductor|fibre optics)",
    ),
    "m_records": (
        "(what is|which is|name) the (fastest|tallest|oldest|richest|strongest|heaviest|longest|loudest) (animal|tree|bridge|train|bird|snake|building|ship|insect|car|tunnel) (in the world|ever|alive|on record|in history)?",
        "how many (stars are there|planets are there|people have walked on the moon|lives has a cat|languages exist|countries are there|oceans are there|bones does a shark have)?",
    ),
    "m_fun_facts": (
        "(tell me|give me|share|I'd like|got) (a|one more|another) (fun fact|random fact|interesting fact|curiosity|piece of trivia|useless fact)( about bananas| about Japan| about bees| about the sea| about trains|)",
        "(did you know|is it true) that (bananas are berries|octopuses have three hearts|honey never spoils|lightning strikes twice|cows have best friends|the wall of china is visible from space|goldfish forget everything|bats are blind|sugar makes kids hyper)?",
    ),
    "m_weather_science": (
        "how do (clouds|hurricanes|tornadoes|hailstones|volcanoes|fogs|icebergs|earthquakes|glaciers|dunes|pearls|diamonds) (form|develop|arise|come about)?",
        "how is (the climate changing|the ozone layer doing|the gulf stream slowing|the arctic melting|acid rain formed|oxygen made|salt harvested)?",
    ),
    "m_this_day": (
        "what happened (on this day|in 1066|in 1789|in 1492|on the 4th of july 1776|in 1969|in 1989|in the year 800|on 9 november 1918|in 1453)( in history|)?",
        "(in which year|when) (was america discovered|was rome founded|did the titanic sink|did the wall come down|was the euro introduced|was slavery abolished|did man land on the moon|did chernobyl explode)?",
    ),
    "m_law_facts": (
        f"(is (gambling|cannabis|uber|alcohol|camping|hunting)|are (guns|fireworks|tattoos|drones|casinos)) (legal|allowed|banned) in ({_LAND})?",
        "(at what age|when) (can|may) (you|one|kids) (vote|drive|drink|marry|retire|get a tattoo|work|leave school)( in the us| in Italy| in Japan| here|)?",
    ),
    "m_everyday_why": (
        "why (do onions make you cry|does popcorn pop|does coffee wake you up|do we dream|does bread rise|does yeast bubble|do leaves fall|does iron rust|does cheese smell|do we get hiccups|does milk turn sour)?",
        "why is (chili hot|lemon sour|water wet|honey sweet|glass transparent|rubber stretchy|a diamond hard|fire hot)?",
    ),
    "m_computers_history": (
        "(who founded|where is the head office of|how big is) (microsoft|ikea|lego|nintendo|toyota|wikipedia|nasa|boeing|nokia|the red cross|greenpeace|mcdonald's|adidas)?",
        "what does (nasa|ibm|unesco|fbi|html|dvd|nato|laser|bmw|scuba|ikea|rsvp|usb|am and pm) (stand for|mean)?",
    ),
    "m_geology": (
        "(how|where) is (amber|marble|salt|coal|oil|lithium|jade|bauxite|gold|slate) (found|mined|formed|extracted)?",
        "(when|where) was the (last|biggest|latest|strongest) (earthquake|eruption of Etna|tsunami|landslide|meteorite impact|flood)?",
    ),
    "m_statement_topic": (
        "(let's talk|I'd like to talk|can we talk|talk to me|tell me something) about (football|the roman empire|dinosaurs|whales|quantum physics|politics|your favourite book|the stock market|medieval castles|trains|cooking|philosophy|volcanoes|chess|fashion in the 80s)",
        "(I'm|I am) (reading|writing|learning|preparing a talk) about (vikings|the moon landing|bees|coral reefs|the silk road|samurai|pirates|ancient egypt|tulip mania|steam trains)",
    ),
    "m_list_things": (
        "(list|name|give me|tell me) (three|five|ten|all|some|a few) (planets|rivers in europe|breeds of dogs|us presidents|shakespeare plays|prime numbers|islands|german composers|types of cheese|spices|vegetables|greek gods|oceans|bridges|fairy tales|operas|vitamins)",
        "(animals|countries|cities|fruits|plants|boys' names|tools) (starting|beginning) with (the letter |)(a|k|z|q|x|m)",
    ),
    "m_compare": (
        "(what is|what's|explain) the difference between (a crocodile and an alligator|weather and climate|a violin and a viola|frogs and toads|jam and marmalade|a llama and an alpaca|england and the uk|a psychologist and a psychiatrist|latin and greek|a hurricane and a typhoon|sugar and honey|a stock and a bond)",
        "(what|which) is (bigger|heavier|older|faster|hotter|deeper), (a lion or a tiger|the sun or the earth|gold or lead|rome or athens|a cheetah or a horse|the pacific or the atlantic|a whale or a bus)?",
    ),
}
