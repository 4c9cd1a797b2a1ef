# The options of an item, and its dialogs

save-and-continue = Save and continue

configure-title = Set up { $offering }
configure-dialogs = More about your choices
configure-dialogs-open = Some answers are still missing
configure-at-once = Answer everything on one page
configure-step-by-step = Answer step by step
configure-labels = Broadband Facts: what each plan costs and does
configure-update-why = Changed something? Update saves your answers, shows the price, and asks what follows from them.
configure-update = Update
configure-updated = Your answers are saved
configure-updated-next = The questions and the price now go by what you chose.
configure-remove = Remove { $offering } from this order

dialog-update = Update
dialog-page-title = { $title } – { $offering }
