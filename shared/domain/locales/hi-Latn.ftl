# Dukaan Hinglish mein kya kehti hai. Har bhasha mein yahi keys aur yahi arguments hain.

greeting = Namaste ji, *{ $shop }* mein aapka swagat hai! 🙏
    Bas item ka naam likhiye, stock aur price bata denge. Ya neeche se chuniye.
menu = Bataiye, *{ $shop }* aapki kya madad kare?
    Item ka naam likhiye, stock aur price bata denge. Ya neeche se chuniye.
not-found = Sorry ji, “{ $words }” hamare yahan nahi mila.
    Doosra naam likh kar dekhiye, ya neeche se chuniye.
menu-button = Options dekhein
row-stock = Stock poochein
row-stock-about = Item hai ya nahi, aur kitna
row-price = Price poochein
row-price-about = Kisi bhi item ka aaj ka bhav
row-browse = Saamaan dekhein
row-browse-about = Hamare yahan kya kya milta hai
row-human = Dukaan se baat karein
row-human-about = Dukaan se koi jawab dega

stock = *{ $name }*: { $quantity } stock mein.
other-size = { $size } hum nahi rakhte. Hamare yahan ye aata hai:
price-line = Price: { $price } per { $unit }
low-owner = ⚠️ Maal kam hai, mangwa lijiye.
low-customer = Thoda hi bacha hai, jaldi kijiye!
value-line = Stock ki value: { $value }
out-of-stock = Sorry ji, *{ $name }* abhi khatam hai.
price = *{ $name }*: { $price } per { $unit }
level-enough = Stock mein hai.
level-low = Stock mein hai, par thoda hi bacha hai.
level-out = Abhi stock mein nahi hai.

which = Inme se kaun sa chahiye?
browse = Hamare yahan ka kuch saamaan ye raha. Stock aur price ke liye chuniye, ya naam likhiye.
choose-button = Item chuniye
nothing-to-show = List abhi taiyaar nahi hai. Likhiye, { $shop } se koi aapki madad karega.
ask-stock = Kaun sa item? Bas naam likhiye, jaise: cheeni
ask-price = Kiska price bataayein? Bas naam likhiye, jaise: cheeni
welcome = Aapka swagat hai! 🙏 Aur kuch?
noted = Theek hai ji! 🙏 Kuch chahiye ho to naam likhiye.

ask-opt-out = Kya hum aapko message bhejna band kar dein?
button-opt-out = Haan, band karein
button-stay = Nahi, aane dein
ask-opt-in = Kya { $shop } ke message phir se shuru kar dein?
button-opt-in = Haan, shuru karein
button-stay-out = Nahi, rehne dein
opted-out = Theek hai. { $shop } ab aapko koi offer ya update nahi bhejega. Aap yahan jab chahein pooch sakte hain. Dobara paane ke liye START likhein.
opted-in = Phir se swagat hai! { $shop } ke message ab aapko milenge. Band karne ke liye STOP likhein.
human-soon = Ji zaroor, { $shop } se koi thodi der mein yahin jawab dega. 🙏
