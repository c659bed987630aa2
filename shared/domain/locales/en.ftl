# What the shop says in English. Every locale has the same keys with the same arguments.

greeting = Namaste, welcome to *{ $shop }*! 🙏
    Just type an item to know its stock and price, or choose below.
menu = *{ $shop }* at your service.
    Type an item's name to know its stock and price, or choose below.
not-found = Sorry, I could not find “{ $words }” with us.
    Try another name, or choose below.
menu-button = See options
row-stock = Check stock
row-stock-about = Do we have it, and how much
row-price = Check price
row-price-about = Today's price of any item
row-browse = Browse products
row-browse-about = See what we sell
row-human = Talk to a person
row-human-about = Someone from the shop will reply

stock = *{ $name }*: { $quantity } in stock.
other-size = We do not keep { $size }. What we keep:
price-line = Price: { $price } per { $unit }
low-owner = ⚠️ Running low, time to reorder.
low-customer = Only a little left, so be quick!
value-line = Stock value: { $value }
out-of-stock = *{ $name }* is out of stock right now. Sorry!
price = *{ $name }*: { $price } per { $unit }
level-enough = In stock.
level-low = In stock, but only a little left.
level-out = Out of stock right now.

which = Which one do you mean?
browse = Here is some of what we have. Choose one to see its stock and price, or just type a name.
choose-button = Choose item
nothing-to-show = Our list is not ready yet. Write to us and someone from { $shop } will help you.
ask-stock = Which item? Just type its name, for example: sugar
ask-price = The price of which item? Just type its name, for example: sugar
welcome = You are welcome! 🙏 Anything else?
noted = All right! 🙏 Anything you need, just type its name.

ask-opt-out = Shall we stop sending you messages?
button-opt-out = Yes, stop
button-stay = No, keep them
ask-opt-in = Shall { $shop } send you messages again?
button-opt-in = Yes, please
button-stay-out = No, thanks
opted-out = Done. { $shop } will send you no more offers or updates. You can still ask us anything here. To get them again, send START.
opted-in = Welcome back! You will get messages from { $shop } again. To stop them, send STOP.
human-soon = Sure, someone from { $shop } will reply to you here soon. 🙏
