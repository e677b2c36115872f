# ruff: noqa: E501
"""Families of training phrasings that ask for facts, the web, devices or other apps; written without sight of the families kept for evaluation."""

_LAND = (
    "france|spain|japan|brazil|canada|italy|china|india|egypt|poland|mexico|norway|kenya|peru|greece|turkey|iceland|vietnam|chile"
    "|australia|nigeria|hungary|cuba|portugal|finland|argentina|south korea|morocco|new zealand|austria|switzerland|ukraine"
)
_TOWN = (
    "london|paris|new york|istanbul|sydney|cape town|shanghai|moscow|los angeles|amsterdam|brussels|stockholm|jakarta|warsaw|dubai"
    "|edinburgh|barcelona|manila|santiago|helsinki|venice|kyoto|montreal|san francisco|budapest|marrakesh|singapore|florence"
)
_STAR = (
    "adele|rihanna|leonardo dicaprio|serena williams|ed sheeran|lady gaga|roger federer|madonna|george clooney|beyonce|mick jagger"
    "|oprah winfrey|keanu reeves|david beckham|shakira|meryl streep|lewis hamilton|j.k. rowling|kim kardashian|harry styles|bill gates"
)
_LEADER = "napoleon|cleopatra|julius caesar|abraham lincoln|queen victoria|gandhi|genghis khan|churchill|marie antoinette|nelson mandela|charlemagne|kennedy|martin luther|stalin|joan of arc"
_TEAM = "arsenal|real madrid|the lakers|bayern|liverpool|juventus|the yankees|chelsea|psg|the all blacks|ajax|the patriots|celtic|the golden state warriors|inter milan"
_SITE = "youtube|instagram|facebook|tiktok|netflix|spotify|linkedin|reddit|whatsapp|twitter|amazon|ebay|pinterest|snapchat|discord|gmail|paypal|twitch|zoom|telegram"
_ANIMAL = "octopuses|giraffes|bees|penguins|sharks|elephants|owls|snails|bats|camels|whales|crocodiles|butterflies|kangaroos|spiders|sloths|wolves|flamingos|ants|salmon"
_BODY = "the sun|the moon|mars|jupiter|saturn|venus|the nearest star|pluto|the milky way|mercury|the international space station|halley's comet|neptune"
_YEAR = "1066|1492|1789|1815|1848|1912|1914|1929|1945|1953|1969|1989|1999|2001|2008|2016"

DECLINE_WEB: dict[str, tuple[str, ...]] = {
    "dw_capitals": (
        f"(what's|what is|name|tell me) the (capital|population|currency|official language|national anthem|highest mountain|longest river|area|time zone|dialling code) of ({_LAND})",
        f"(is|was) ({_TOWN}) the capital of ({_LAND})?",
        f"how many (people live in|provinces has|islands belong to|official languages has|lakes are there in|tourists go to) ({_LAND})?",
        f"(which countries border|what's the flag of|what continent is|neighbours of) ({_LAND})(?|)",
    ),
    "dw_where_place": (
        "where (is|exactly is|do I find) (mount fuji|the gobi desert|timbuktu|machu picchu|lake titicaca|the bermuda triangle|stonehenge|patagonia|the great barrier reef|zanzibar|transylvania)( on a globe|)?",
        "(which|what) (country|city|continent|ocean|state) (is the grand canyon in|does the danube end in|has the most people|is madagascar part of|was once called constantinople|lies furthest south)?",
        "(how high|how long|how deep|how old|how big) is (mount everest|the nile|the mariana trench|lake victoria|the amazon|the great wall|the sahara|loch ness|the eiffel tower|niagara falls)?",
        f"(how far is it|how many miles is it|how long do I drive) from ({_TOWN}) to ({_TOWN})?",
    ),
    "dw_history_when": (
        "when (did|exactly did) (world war two end|the roman empire fall|the titanic sink|the berlin wall come down|man first walk on the moon|columbus reach america|the black death start|women get the vote|pompeii get buried)?",
        f"(what happened|what was going on|which big event happened) in ({_YEAR})?",
        "in (which|what) year (was the un founded|did india become independent|was the euro introduced|did hitler come to power|was the magna carta signed|did chernobyl explode|was the wheel invented)?",
        "how long did (the thirty years war|the ming dynasty|the ice age|the vietnam war|the great depression|prohibition|apartheid) last?",
    ),
    "dw_history_people": (
        f"(when|where) was ({_LEADER}) (born|killed|crowned|buried|baptised)?",
        f"(why|how|when) did ({_LEADER}) (die|come to power|lose|become famous|leave the throne)?",
        f"(tell me about|give me a short biography of|what do you know about|facts about) ({_LEADER})",
        "who (was the first president of the us|built the pyramids|discovered america|killed kennedy|ruled russia in 1900|fought at waterloo|led the mongols|was king when shakespeare lived|started the reformation)?",
    ),
    "dw_history_why": (
        "(why|how) did (the first world war begin|the soviet union collapse|the aztecs vanish|rome burn|the cold war end|britain leave the eu|the vikings stop raiding|people build castles)?",
        "(what were|name) the (causes|consequences|key dates|main battles) of (the american civil war|the russian revolution|the crusades|the boer war|the opium war|the fall of byzantium)",
        "(what was|tell me about|what do you know of) (the silk road|the spanish inquisition|the boston tea party|the manhattan project|the hanseatic league|the marshall plan|the trojan war|feudalism)(?|)",
        "how did (medieval peasants|the ancient greeks|pirates|cowboys|egyptian priests|samurai|my ancestors in 1700) (live|dress|tell the time|brush their teeth|cook|vote)?",
    ),
    "dw_inventions": (
        "(when|where) was (television|the first car|the sewing machine|the toothbrush|plastic|the ballpoint pen|chewing gum|the elevator|radar|the umbrella) (invented|first built|first sold)?",
        "(how does|explain how|how exactly does) (a fridge|a diesel engine|gps|a microwave|a nuclear reactor|a zip|a lock|a jet engine|a solar panel|a touch screen|a piano|bluetooth) work(?|)",
        "(what is|what's) (a transistor|a catalytic converter|5g|fibre optics|blockchain|a qr code|a heat pump|quantum computing|lidar|a flywheel) (good for|used for)?",
    ),
    "dw_physics": (
        "why (is the sky blue|is ice slippery|does metal feel cold|do boats float|is the sea salty|do magnets attract|does thunder follow lightning|do planes fly|is snow white)?",
        "(how fast|how heavy|how hot|how loud|how strong) is (light|sound|a neutron star|lava|a rocket|lightning|a sneeze|a falling cat|a raindrop)?",
        "(at what temperature|when|how quickly) does (water boil on mount everest|gold melt|alcohol freeze|glass break|iron rust|paper burn)?",
    ),
    "dw_space": (
        f"(how far away|how big|how old|how hot|how heavy) is ({_BODY})?",
        f"(could we live on|how long is a day on|how long does it take to fly to|is there water on|how many moons has|why do we see) ({_BODY})?",
        "(when is|when was) the (next solar eclipse|next full moon|first moon landing|next meteor shower|big bang|last shuttle flight|next mars mission)?",
        "(how many|which) (planets|stars|galaxies|astronauts|satellites) (are there|are up there right now|exist|have been named)?",
    ),
    "dw_animals": (
        f"(how long do ({_ANIMAL}) live|how fast are ({_ANIMAL})|how much do ({_ANIMAL}) weigh|why do ({_ANIMAL}) (migrate|sleep so much|live alone)|can ({_ANIMAL}) (swim|see colours|get drunk|hear us|count))?",
        f"(what do|where do|when do) ({_ANIMAL}) (eat|live|breed|sleep|drink|hide)?",
        "(what is|which is|name) the (fastest|biggest|oldest|smallest|most poisonous|loudest|heaviest|rarest) (animal|fish|bird|snake|dog breed|mammal|insect|dinosaur)( in the world| on land|)(?|)",
        "(what's the difference between|how do I tell apart) (a frog and a toad|alligators and crocodiles|a donkey and a mule|a moth and a butterfly|a hare and a rabbit|bees and wasps|dolphins and porpoises)(?|)",
        "(what's the sound of|what do you call the young of|how many toes has|what's the latin name of) (a fox|a goat|a swan|a lobster|a hedgehog|a zebra|a beaver)?",
    ),
    "dw_human_body": (
        "how many (bones|muscles|chromosomes|ribs|vertebrae|taste buds|neurons|pints of blood) (does a human have|are in the body|has an adult)?",
        "(what does (the liver|the spleen|a kidney|the appendix) do|where is (the pancreas|the thyroid|the gallbladder|the diaphragm)|how big is (the stomach|a lung|the human heart))?",
        "why do (we|people|humans|men|babies) (yawn|hiccup|sweat|snore|need sleep|get goosebumps|have an appendix|go grey|blush|lose hair)?",
        "(what causes|what are the symptoms of|can you cure|is there a vaccine against|how do you catch|who discovered) (malaria|diabetes|asthma|measles|alzheimer's|scurvy|lyme disease|anaemia|gout|ebola)?",
    ),
    "dw_chemistry_earth": (
        "(what is|tell me) the (chemical symbol|atomic number|melting point|density|boiling point) of (gold|iron|lead|helium|mercury|carbon|potassium|tungsten|neon)",
        "(what happens|what do you get) (if|when) (you mix vinegar and baking soda|sodium touches water|a volcano erupts|two plates collide|you heat sugar|milk goes sour|wood burns)?",
        "(why|how) do (earthquakes happen|volcanoes erupt|rainbows form|tides work|clouds form|leaves turn red|fossils form|deserts grow|glaciers move|hurricanes start)?",
        "(what is (acid rain|the ozone layer|the gulf stream|el niño|permafrost|plate tectonics)|what are (greenhouse gases|stalactites|noble gases|rare earths))(?|)",
    ),
    "dw_records": (
        "(what is|which is|what's) the (tallest building|longest bridge|biggest stadium|richest country|oldest tree|deepest lake|fastest train|largest diamond|most visited museum|busiest airport|most spoken language)( in the world| in europe| ever|)?",
        "who (is the richest person alive|is the oldest living woman|holds the 100 metre record|has climbed all the peaks|has the most followers|ran the fastest marathon|has the longest beard|ate the most hot dogs)?",
        "how (much (gold is in fort knox|water is in the ocean|ice is left at the pole)|many (trees are in the world|people have ever lived|languages exist|cars were sold last year|steps has the eiffel tower|emails are sent a day))?",
        "(how tall is (the burj khalifa|big ben|the average dutchman)|how expensive is (a seat in space|a superyacht|a football club)|how popular is (chess|golf|baseball) in india)?",
    ),
    "dw_trivia_who": (
        "who (played|voiced|starred as) (james bond in goldfinger|gandalf|the joker in 2008|rachel in friends|forrest gump|mary poppins|shrek|sherlock on the bbc)?",
        "(when|where) was (hamlet|the lord of the rings|casablanca|star wars|frozen|les miserables|downton abbey) (set|filmed|first shown|first performed|written)?",
        "(how does|how did) (lost|the great gatsby|romeo and juliet|inception|the last of us|macbeth|anna karenina|sopranos) end?",
        "how many (books are in the bible|harry potter films are there|plays did shakespeare write|seasons has dexter|oscars did titanic win|symphonies did mahler write)?",
    ),
    "dw_leaders_now": (
        f"who is the (president|king|prime minister|foreign minister|queen|head of state|finance minister|emperor) of ({_LAND})( now| at the moment|)?",
        f"who (won|is leading|is running in|will win) the (election|referendum|primaries) in ({_LAND})?",
        "(who's the mayor of|who governs|who runs|who represents) (chicago|texas|my town|bavaria|greater manchester|the eu|the un|scotland)?",
        f"(tell me how|explain how|do you know how) (parliament|the tax system|the school system|the health system|the supreme court|conscription) works in ({_LAND})",
        "who is the (ceo|founder|owner|boss|chairman|inventor) of (tesla|apple|lego|nestle|ikea|samsung|bbc|red bull|nintendo|zara)?",
    ),
    "dw_football_results": (
        f"did ({_TEAM}) (win|lose|draw|play|qualify|sign anyone)( yesterday| tonight| last weekend|)?",
        f"(what was|what's|tell me) the (result|line-up|half-time result|final score) of (the ({_TEAM}) game|last night's match|the derby|the cup final)",
        f"when (do|will) ({_TEAM}) (play next|play at home|start the season|have a day off)?",
        f"(who scored for|who coaches|who plays in goal for|who is injured at|who is the captain of) ({_TEAM})?",
        "(standings|table|fixtures|top scorers|transfer rumours|relegation zone) (of|in) the (premier league|bundesliga|nba|serie a|champions league|nfl|second division)",
    ),
    "dw_sport_facts": (
        "who won (the world cup in 2014|wimbledon last year|the tour de france|the super bowl|the last formula one race|the ashes|gold in the long jump|the masters|the rugby six nations|the boston marathon)?",
        "how many (players are on a cricket team|rounds has a boxing match|medals did norway win|sets are in tennis|holes has a golf course|world titles has hamilton|metres is a pool)?",
        "(when|where) (are the next|were the last|were the first|did they hold the 2004) (olympics|paralympics|commonwealth games|winter games|european championships)?",
        "(what is|what's) (a hat-trick|a birdie|lbw|icing in hockey|a slam dunk|a decathlon|a yellow card for|the diameter of a basketball hoop)?",
        "(is the game on tonight|where can I watch the final|what channel is the boxing on|who's favourite for the derby|who broke the world record|live ticker please|how did the tennis go)(?|)",
    ),
    "dw_prices_now": (
        "(what does|how much does) (an iphone|a tesla|a litre of milk|a ticket to disneyland|a playstation 5|a house in malibu|a kilo of saffron|a stamp to australia|a wedding|a boeing 747|a brain surgeon|a haircut) cost(?|)",
        "(current|today's|yesterday's|average) (petrol price|gold price|electricity price|share price of siemens|mortgage rate|rent in berlin|oil price|inflation|exchange rate|house price)(?|)",
        "(is (bitcoin|the dow|milk|silver)|are (tech stocks|coffee prices|flights|eggs)) (going up|falling|crashing|cheaper than last year|at a record)( today|)?",
        f"what's the (minimum wage|price of a big mac|average salary|unemployment rate|gdp|vat rate|price level) in ({_LAND})?",
    ),
    "dw_weather_ask": (
        f"(what's|how is|how's|tell me) the (weather|temperature|forecast|air quality) (in|for) ({_TOWN})( today| tomorrow| this weekend| right now|)",
        f"(is it|was it|will it be) (cold|sunny|raining|snowing|windy|warm|humid|foggy) in ({_TOWN})( in march| today| on my birthday|)?",
        f"(when is the (best time to visit|rainy season in|sunrise in|sunset in)|what is the (hottest month in|average rainfall in|water temperature in)) ({_TOWN})?",
        "(is a storm coming|how many degrees outside|any chance of snow at christmas|why is it so warm in november|what's the wind chill|when does the heatwave end|will the picnic get wet)?",
    ),
    "dw_news": (
        f"what (happened|is happening|is going on) (in ({_LAND})|in ({_TOWN})|on wall street|in the middle east|at the summit|in parliament) (today|this week|right now)?",
        "(any news|what's the latest|is there an update) (on|about) (the strike|the election|the earthquake|the war|brexit|the space launch|the royal baby|the trial|the new virus|the plane crash)(?|)",
        "did (they find the submarine|the strike end|parliament vote|anyone win the jackpot|the rocket launch|the fire spread|the ceasefire hold|the queen abdicate)( yet| today|)?",
        "(has (the prime minister resigned|the airline gone bust|the volcano erupted)|have (they raised interest rates|the talks failed|the schools closed))(?|)",
    ),
    "dw_star_lives": (
        f"how (old|tall|rich|famous) is ({_STAR})?",
        f"(is|was) ({_STAR}) (married|divorced|pregnant|single|vegan|left-handed|still alive|on tour|in a new film)( again| now| this year|)?",
        f"(where does ({_STAR}) (live|spend the summer|train)|what (car|diet|religion|phone) does ({_STAR}) have|who does ({_STAR}) vote for)?",
        f"(what's|what is) ({_STAR})'s (net worth|real name|latest album|best film|wife called|star sign|favourite food|height|middle name|birthday)?",
        f"(how many kids|how many awards|how many houses|how many tattoos) does ({_STAR}) have?",
    ),
    "dw_star_gossip": (
        f"(who is|who was) ({_STAR}) (dating|married to|suing|feuding with|working with|named after)?",
        f"(why|when) did ({_STAR}) (get divorced|quit acting|move to america|stop singing|cancel the tour|shave it all off|become a billionaire|go vegan)?",
        f"(any gossip|the latest rumours|celebrity news|what's new) (about|on|from) ({_STAR})(?|)",
        "(what did (the queen have for breakfast|meghan say to oprah|harry wear at the wedding)|who (won the oscar for best actress|headlines glastonbury this year|is the next doctor who|got the golden globe))?",
    ),
    "dw_words_facts": (
        "what does (nasa|asap|http|rsvp|unesco|fyi|ngo|lol|iq|atm|usb) (mean|stand for)?",
        "where does (the word sandwich|the phrase break a leg|the name america|the term okay|the word robot|the dollar sign) come from?",
        "(how many letters are in the greek alphabet|what's the hardest language|what's the oldest english word|how many people speak swahili|is finnish like hungarian|who made up esperanto|what's the longest german word)?",
    ),
    "dw_religion_myth": (
        "(when is|what is|why do people celebrate) (ramadan|hanukkah|diwali|easter|pentecost|vesak|holi|yom kippur|all saints' day|thanksgiving|chinese new year)?",
        "(who was|tell me about) (zeus|thor|moses|buddha|athena|noah|saint nicholas|anubis|shiva|king arthur|medusa|loki|robin hood)(?|)",
        "(how many|what are the|name the) (commandments|disciples|pillars of islam|books of moses|labours of hercules|deadly sins|wonders of the ancient world|muses)(?|)",
        "what do (buddhists|hindus|jehovah's witnesses|mormons|sikhs|stoics|quakers|druids) (believe|eat|wear|say about death)?",
    ),
    "dw_food_facts": (
        "(where does (pizza|the croissant|curry|ketchup) come from|what is (tofu|marzipan|couscous|worcester sauce|haggis) made of|which country eats the most (sushi|rice|cheese))?",
        "(is a tomato|is rhubarb|is a peanut|is corn|is a mushroom|is a cucumber) (a fruit|a vegetable|a nut|a berry|a grain)( or not|)?",
        "why (is pepper hot|is bread soft|are carrots orange|is fish good for you|does honey never go bad|does popcorn pop|is cheddar yellow|do onions make you cry|does garlic smell)?",
        "how (much (caffeine is in tea|vitamin c has an orange|sugar is in cola|salt per day is ok)|many (eggs does a hen lay|seeds has a strawberry|potatoes make a kilo))(?|)",
    ),
    "dw_economy": (
        "(why|how) do (central banks|countries|banks|companies|unions) (print money|set interest rates|go bankrupt|merge|pay tax|strike|trade oil)?",
        "how much (money does amazon make|debt has the us|profit did walmart make|tax does google pay|gold does china own|does the church own|does fifa earn)( a year|)?",
        f"what does ({_LAND}) (export|import|produce|grow|pay into the eu)( most|)?",
    ),
    "dw_transport_facts": (
        "how (fast|far|high|long) can (a cheetah|a jumbo jet|a freight train|a racing bike|an electric car|a container ship|a hot air balloon|a bullet train) (go|travel|run without a stop)?",
        f"(how many|which) (airports|metro lines|train stations|bridges|harbours) (are there in|has) ({_TOWN})?",
        f"(do they drive on the left|what's the speed limit|is uber legal|do I need a vignette|are taxis safe|do trains run at night) in ({_LAND})?",
        "(who built|why did they build|when did they open|how long is) (the channel tunnel|the suez canal|route 66|the trans-siberian railway|the golden gate bridge|the panama canal)?",
    ),
    "dw_search_web": (
        "(search|google|look up|bing|find out|research) (cheap hotels|the nearest vet|the lyrics of imagine|stain removal|how to tie a tie|symptoms of flu|the train strike|vintage lamps|second-hand prams)( on the internet| for me| online|)",
        "(search the web|do a web search|look on wikipedia|check google|ask chatgpt|check the internet) for (flat earth|electric scooters|nut allergies|dog shelters|local history|grants for artists|garden gnomes)",
        "(find|give me|send me) (the link to|the website of|the wikipedia page about|a tutorial on|an article about|the official page of) (the tax office|origami|roman roads|the nhs|bread baking|the city council|heat pumps)",
        "(what does wikipedia say about|what's trending on|what comes up first on google for) (bees|minimalism|twitter|the eu|cheap shoes|tulips|veganism)?",
    ),
    "dw_open_site": (
        "(open|load|go to) (bbc.co.uk|wikipedia.org|www.nasa.gov|my bank's website|the train company site|my homepage|the weather page|https://example.com)",
        "(refresh|close|bookmark|scroll down|go back to|translate) (the page|this tab|that website|the home page|all tabs)",
        f"(is|why is|since when is) ({_SITE}) (down|so slow|blocked|not loading)( today| for everyone| at work|)?",
    ),
    "dw_download": (
        "(download|get me|install|torrent) (the new taylor swift album|a pdf reader|minecraft|a free antivirus|the latest drivers|windows 11|a ringtone|zoom|the lecture slides|an ebook of dracula|an ad blocker)( for free| on my laptop| please|)",
        "where can I (stream the matrix|download free audiobooks|listen to old radio shows|watch the football live|find sheet music|read scientific papers|watch the new season)( legally| for free| online|)?",
        f"how do I (download my data from|install|update|uninstall|reinstall) ({_SITE})( on a mac| on my phone| on a tv|)?",
        "(unzip|rename|delete|move|back up|encrypt|attach) (the folder|my documents|all mp3 files|the old invoices|the zip file|my desktop|the recycle bin)( to a usb stick| please|)",
    ),
    "dw_social_post": (
        f"(post|publish|share|announce) (my status|happy new year|my holiday story|a poll|that I'm engaged|a job offer|my workout|our concert date) (on|to) ({_SITE})",
        f"(how do I|can I|help me) (delete my account on|get more followers on|block someone on|change my name on|get verified on|make money with|schedule posts on|go live on) ({_SITE})",
        "(write|suggest|give me) (a caption|hashtags|a tweet|a bio|a youtube title|a clickbait headline|a linkedin post|a product review) (for|about) (my bakery|our new office|a sunset hike|my puppy|a marathon|the charity run)",
        "(like|follow|retweet|subscribe to|unfollow|report) (his page|my cousin's channel|that account|the band|my local newspaper|all cat accounts)( for me|)",
    ),
    "dw_account_help": (
        f"(I forgot|reset|change|how do I recover) my ({_SITE}) (password|login|username|account)(?|)",
        f"(someone hacked|I can't log into|they suspended|I want to close|help me verify) my ({_SITE}) account",
        f"(how much is|cancel my|how do I pay for|is it worth getting) ({_SITE}) (premium|subscription|membership|family plan)(?|)",
        "(is my password safe|how do I turn on two-factor login|the captcha never works|I got a phishing mail|I keep getting spam|what's my ip address|how do I clear cookies|where are my saved passwords)(?|)",
    ),
    "dw_other_apps": (
        "((ask|tell|get) (siri|alexa|google assistant|cortana|bixby) to (turn off the lights|add bread to the list|call home|play jazz)|ask (chatgpt|copilot|gemini) (about the weather|for directions|for a recipe))",
        "(which|what) (app|program|website|extension) (is good for|do I use for|is best for) (learning spanish|tracking calories|dating|budgeting|calling abroad|reading comics|sharing costs|meditation|star gazing|sheet music)?",
        "(how do I use|teach me|tips for|what's new in|shortcuts for) (excel|notion|gimp layers|figma|duolingo|garageband|outlook|blender|trello|audacity|vim|google docs)(?|)",
        "(start|quit|update|minimise|open) (spotify and play jazz|the calculator|word|my mail program|the task manager|a terminal|solitaire|the notes app|steam)( please|)",
    ),
    "dw_other_devices": (
        "(print|scan|fax|email) (my boarding pass|two copies|the tax form|the contract to my lawyer|page 3|my homework|a label)( double-sided| please| in black and white|)",
        "(is my printer out of ink|how much battery is left|how do I pair my watch|why is the fan so loud|turn on airplane mode|how do I factory reset a kindle|my drone won't take off|is the tv compatible with alexa)(?|)",
        "(connect to|disconnect from|find|unlock|ping|restart) my (phone|car|earbuds|watch|laptop|smart fridge|projector|thermostat)( please| somewhere in the house| via bluetooth|)",
        "(samsung or apple|pc or mac|android or ios|xbox or playstation|kindle or paper|lcd or oled|windows or linux)( what should I get| which is better| and why|)?",
        "(should I|do I need to|is it time to) (update my phone|buy a new graphics card|replace the battery|get more ram|upgrade to windows 11|sell my tablet|get fibre internet)?",
    ),
    "dw_maps_places": (
        f"(what's on|what can you do|best nightlife|where's the old town|any festivals) in ({_TOWN})( this weekend| at night| with a pram|)?",
        f"(famous|nice|old|cheap) (churches|markets|parks|neighbourhoods|beaches|cafes|universities|theatres) in ({_TOWN})",
        f"(what language do they speak|is it safe|can I drink tap water|which plugs are used|what's the nightlife like|do people tip) in ({_LAND})?",
        f"(who founded|how old is|what's the nickname of|how many tourists visit|which river flows through|how do I pronounce) ({_TOWN})?",
    ),
    "dw_tv_today": (
        "(what's|what is|anything good) on (tv|bbc one|netflix|the radio|channel 4|at the cinema|at the opera)( tonight| today| on sunday|)?",
        "(when does|what time will|on which day does) (the new bond|strictly|the bake off|stranger things|eurovision|the talk show|the next avatar|love island) (start|come back|come out|finish)?",
        "(how many episodes has|who wrote|how long is an episode of|who made the music for|is there a new season of) (friends|the crown|chernobyl|the sopranos|the office|lost in space|squid game)?",
        "(which film is it|what's the film|what's that movie) (where|in which) (a man relives the same day|a shark attacks a beach|a boy sees ghosts|toys come alive|two people fall in love on a ship)?",
    ),
    "dw_music_facts": (
        "(who sings|who wrote|what key is|which band covered|when did they release) (bohemian rhapsody|hallelujah|smells like teen spirit|dancing queen|imagine|wonderwall|hotel california|zombie|despacito)(?|)",
        f"(how many number ones|how many grammys|how many platinum records|which prizes) (has|did) ({_STAR}|elvis|prince|the stones|kraftwerk) (win|get)?",
        "(how many strings has (a cello|a harp|a banjo)|who invented (the saxophone|the accordion)|how heavy is (a tuba|a grand piano)|how do you tune (an oboe|a church organ|a sitar))?",
        "are (oasis|the spice girls|abba|blur|one direction|genesis) (back together|touring|still friends|in the hall of fame|british)?",
        "(lyrics|chords|meaning|music video|release date) (of|for|to) (let it be|viva la vida|jolene|purple rain|blinding lights|hey ya|99 red balloons)",
    ),
    "dw_books_art": (
        "(what is|what's) (ulysses|animal farm|the alchemist|dune|beloved|jane eyre|the trial|catch-22|sapiens) about(?|)",
        "(how many pages has|who's the hero of|who published|is there a sequel to|what's the moral of) (moby dick|pride and prejudice|the odyssey|les miserables|frankenstein|the little prince)?",
        "(what is|when was|who started) (impressionism|cubism|baroque|bauhaus|art nouveau|dadaism|the renaissance|pop art|romanticism|gothic architecture)(?|)",
        "(where does (the mona lisa|the night watch|guernica) hang|how much is (the scream|a van gogh) worth|why is (the rosetta stone|david|the bayeux tapestry) so famous|who stole the mona lisa)?",
    ),
    "dw_jobs_society": (
        "how many (doctors|soldiers|millionaires|students|vegans|refugees|christians|cars|guns|nurses) are there in (germany|the us|europe|the world|africa|sweden)?",
        f"(what's|what is) the (retirement age|drinking age|divorce rate|life expectancy|crime rate|birth rate|literacy rate|age of consent|voting age) in ({_LAND})?",
        "(when|why) was (child labour|the death penalty|slavery|the draft|smoking in pubs|the gold standard|corporal punishment) (abolished|banned|introduced)( in britain| in america|)?",
        "what (is the point of|is the budget of|is the aim of|are the duties of) (the imf|amnesty international|the red cross|the who|greenpeace|opec|the vatican|interpol|the g7)?",
    ),
    "dw_everyday_why": (
        "why (are manholes round|are stop signs red|do keyboards start with qwerty|are golf balls dimpled|do planes have round windows|do pirates wear eye patches|do brides wear white|is monday the worst day)?",
        "(how do they|how does one|how do people) (get the lead into a pencil|put ships in bottles|make glass|film underwater scenes|mine salt|build tunnels under rivers|pump up hot air balloons|fake snow on stage)?",
        "(what would happen|what would we do) if (the moon disappeared|all bees died|you fell into a black hole|everybody jumped at once|the internet broke|we stopped sleeping|the poles flipped)?",
        "(did you know|is it true|is it a myth) that (goldfish forget everything|bulls hate red|lightning never strikes twice|we use ten percent of our brain|carrots help at night|the great wall is visible from space|einstein failed maths)?",
    ),
    "dw_tell_about": (
        f"(tell me|I want to know|teach me) (everything|something interesting|more|a bit) about ({_TOWN}|{_ANIMAL}|{_LAND}|beekeeping|submarines|the vikings|cheese|trains|vampires)",
        f"(three|five|fun|random|interesting|surprising) facts about ({_ANIMAL}|{_LAND}|{_BODY}|the middle ages|chocolate|sleep|coins)",
        "(what's|what is) (a podcast|an annuity|a leap second|bubble tea|a prenup|crossfit|feng shui|a unicorn company|a trade union|a carbon footprint|a stem cell|lactose|a filibuster)( in one sentence|)(?|)",
        "(I was wondering|I've always wondered|my daughter asks me|my kids want to know|just curious:) (how many stars there are|why cats purr|what clouds weigh|who owns the moon|how deep the ocean is|where the wind comes from|why we have weekends)",
    ),
    "dw_true_false_facts": (
        f"(is|was) ({_LAND}) (in the eu|a republic|bigger than texas|at war|in nato|a kingdom|a member of the commonwealth|older than italy)?",
        "(does the sun rotate|do fish drink|does sound travel in space|did the romans have glass|did napoleon win at austerlitz|did vikings wear horns|do trees sleep|do diamonds burn|did cleopatra speak greek)?",
        "(are|were) there (wolves in england|penguins in africa|more chickens than people|snakes in ireland|dinosaurs in antarctica|any female popes|lions in europe|castles in america)?",
        "(true or false|yes or no|quiz question|pub quiz): (venus spins backwards|a group of crows is a murder|lemons float|sharks are mammals|oslo is in sweden|the pope is swiss|bananas are berries)(?|)",
    ),
    "dw_numbers_of_world": (
        "(how many|number of) (countries in africa|states in the us|keys on a piano|cards in a deck|minutes in a week|zeros in a billion|squares on a chessboard|elements in the periodic table|time zones|bones in a giraffe's neck)(?|)",
        "(what is|give me) (pi to ten digits|the speed of light|avogadro's number|absolute zero|the golden ratio|the circumference of the earth|the planck constant|one light year in km)",
        "(largest|smallest|first|next|last) (known prime|planet|ocean|country by area|perfect number|us state|bird|pope|roman emperor)(?|)",
        "(what percentage of the world is water|how many calories burn in an hour of sleep|how many heartbeats in a lifetime|how old is the universe|how many hairs has a dog|how many people fly each day)?",
    ),
    "dw_local_find": (
        "(is there|where's|find me|show me) (a|an open|a decent|the closest) (barber|bike shop|library|swimming pool|mosque|atm|laundry|tattoo studio|hardware store|vegan bakery|24h pharmacy|climbing gym)( around here| near me| in this area|)",
        "(phone number|address|website|reviews|opening times) of (the nearest garage|my local hospital|the embassy|dr miller|the lost property office|the cinema|the ice rink|the registry office)",
        "(when does (the garden centre|lidl|the ice rink|the driving school) (open|close)|is (the recycling centre|the post|the pub|the sauna) open|until when is (the christmas market|the beer garden) open)( on sundays| today| at easter|)?",
        "(any|are there any|where are the) (events|concerts|flea markets|free museums|road closures|bin collections|yard sales) (nearby|today|this weekend|in my street)(?|)",
    ),
    "dw_shop_online": (
        "(compare prices|find deals|show offers|check reviews|is there a discount) (for|on) (running shoes|a dyson|lego sets|garden chairs|flights to bali|contact lenses|winter tyres|a kitchen robot|mattresses)",
        "(is it in stock|does it ship to ireland|how long is delivery|do they accept paypal|can I pay on invoice|is the shop legit|do they have it in blue|is there a student discount)(?|)",
        "(sell|list|auction|advertise) my (old bike|sofa|vinyl collection|wedding dress|car|baby clothes|record player) on (ebay|vinted|gumtree|facebook marketplace|craigslist)",
        "(which shop|who|do you know who) (sells cheap tvs|sells left-handed scissors|buys old gold|rents out tuxedos|repairs umbrellas|delivers flowers today|sharpens scissors)?",
    ),
    "dw_long_facts": (
        "I'm (preparing a talk|writing a paper|doing a quiz|helping my son with a project) and (need to know when the bronze age began|can't remember who wrote the aeneid|wonder how volcanoes are named|need the population of tokyo), (can you help|please)(?|)",
        "my (grandfather|teacher|flatmate|wife) (says|claims|insists) that (the earth is flat|coffee stunts growth|penguins live in alaska|spinach is full of iron|moscow is older than rome|cows sleep standing), (is that right|who's right)?",
        "we had (an argument|a bet|a long discussion) at dinner about (how far the moon is|which country drinks most tea|who scored in the 1966 final|whether tomatoes are fruit|when the euro came), (so what's the answer|please settle it)(?|)",
        f"I (read|heard|saw on tv) that ({_LAND}) (will join the eu|has no army|banned plastic bags|found oil|got a new government|won the eurovision), (since when|when was that|tell me more)(?|)",
    ),
    "dw_fragments": (
        f"(weather|map|news|hotels|flights|population|history|recipes from|time in|embassy) ({_TOWN}|{_LAND})",
        f"({_STAR}|{_LEADER}) (age|birthday|net worth|biography|children|quotes|death|height)",
        "(wikipedia|latest news|sports results|stock market|lottery numbers|tv guide|traffic report|cinema programme|tide table|football live|covid numbers|local news)( today|)(?|)",
        "(battle of hastings date|speed of light|boiling point ethanol|nobel prize 2020|height of k2|pi digits|roman numeral 50|french for dog|moon phase|iq test|world population|super bowl winner)(?|)",
    ),
}
