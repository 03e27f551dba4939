// Slack's names for the usual emoji. What is not here stays as it was written, as it does in Slack.

const NAMES = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 rolling_on_the_floor_laughing 🤣 joy 😂
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘
yum 😋 stuck_out_tongue 😛 hugging_face 🤗 thinking_face 🤔 zipper_mouth_face 🤐 neutral_face 😐 expressionless 😑 smirk 😏
unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 face_with_thermometer 🤒
dizzy_face 😵 exploding_head 🤯 partying_face 🥳 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁
open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩
tired_face 😫 yawning_face 🥱 triumph 😤 rage 😡 angry 😠 skull 💀 ghost 👻 robot_face 🤖 alien 👽 see_no_evil 🙈 hear_no_evil 🙉
wave 👋 raised_hand ✋ hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 point_left 👈 point_right 👉 point_up_2 👆 point_down 👇 point_up ☝️
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ punch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏 writing_hand ✍️
muscle 💪 eyes 👀 eye 👁️ brain 🧠 baby 👶 bust_in_silhouette 👤 busts_in_silhouette 👥 speaking_head_in_silhouette 🗣️
shrug 🤷 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ facepalm 🤦 technologist 🧑‍💻 raising_hand 🙋 walking 🚶 runner 🏃 dancer 💃
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 broken_heart 💔 sparkling_heart 💖
100 💯 boom 💥 dizzy 💫 sweat_drops 💦 dash 💨 hole 🕳️ speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 zzz 💤
dog 🐶 cat 🐱 mouse 🐭 fox_face 🦊 bear 🐻 panda_face 🐼 unicorn_face 🦄 bee 🐝 bug 🐛 butterfly 🦋 snail 🐌 turtle 🐢 snake 🐍 octopus 🐙
whale 🐳 penguin 🐧 owl 🦉 seedling 🌱 evergreen_tree 🌲 palm_tree 🌴 cactus 🌵 four_leaf_clover 🍀 fallen_leaf 🍂 mushroom 🍄 tulip 🌷 rose 🌹 sunflower 🌻
apple 🍎 banana 🍌 lemon 🍋 strawberry 🍓 avocado 🥑 bread 🍞 cheese_wedge 🧀 hamburger 🍔 pizza 🍕 taco 🌮 sushi 🍣 ramen 🍜 cookie 🍪 cake 🍰
birthday 🎂 doughnut 🍩 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 cocktail 🍸 champagne 🍾 fork_and_knife 🍴 knife_fork_plate 🍽️
earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe_with_meridians 🌐 house 🏠 office 🏢 hospital 🏥 hotel 🏨 school 🏫 factory 🏭
car 🚗 taxi 🚕 bus 🚌 train 🚋 bullettrain_side 🚄 bike 🚲 airplane ✈️ airplane_departure 🛫 airplane_arriving 🛬 rocket 🚀 ship 🚢 anchor ⚓ construction 🚧
watch ⌚ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ mantelpiece_clock 🕰️ hourglass ⌛ hourglass_flowing_sand ⏳
clock1 🕐 clock2 🕑 clock3 🕒 clock4 🕓 clock5 🕔 clock6 🕕 clock7 🕖 clock8 🕗 clock9 🕘 clock10 🕙 clock11 🕚 clock12 🕛
sunrise 🌅 sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ snowman ⛄ zap ⚡ rainbow 🌈 umbrella ☔ fire 🔥 droplet 💧 ocean 🌊 moon 🌔
star ⭐ star2 🌟 sparkles ✨ tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 ticket 🎫 art 🎨 guitar 🎸
musical_note 🎵 headphones 🎧 microphone 🎤 clapper 🎬 video_game 🎮 game_die 🎲 jigsaw 🧩 soccer ⚽ basketball 🏀
iphone 📱 telephone ☎️ telephone_receiver 📞 pager 📟 battery 🔋 electric_plug 🔌 computer 💻 desktop_computer 🖥️ keyboard ⌨️ printer 🖨️ camera 📷
video_camera 📹 movie_camera 🎥 tv 📺 radio 📻 satellite_antenna 📡 bulb 💡 flashlight 🔦 moneybag 💰 credit_card 💳 receipt 🧾 chart 💹 gem 💎
email 📧 e-mail 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 pencil 📝 memo 📝 pencil2 ✏️ lower_left_ballpoint_pen 🖊️
briefcase 💼 file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ date 📅 calendar 📆 spiral_calendar_pad 🗓️ card_index 📇
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 straight_ruler 📏 scissors ✂️
wastebasket 🗑️ lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 old_key 🗝️ hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ link 🔗 test_tube 🧪 microscope 🔬 telescope 🔭
bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 mag 🔍 mag_right 🔎 book 📖 books 📚 newspaper 🗞️ bookmark 🔖 label 🏷️ page_facing_up 📄 page_with_curl 📃 scroll 📜
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕ heavy_minus_sign ➖
question ❓ grey_question ❔ exclamation ❗ heavy_exclamation_mark ❗ grey_exclamation ❕ bangbang ‼️ interrobang ⁉️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫
octagonal_sign 🛑 rotating_light 🚨 sos 🆘 information_source ℹ️ white_circle ⚪ black_circle ⚫ red_circle 🔴 large_blue_circle 🔵 large_green_circle 🟢
large_yellow_circle 🟡 large_orange_circle 🟠 large_purple_circle 🟣 black_square_button 🔲 large_green_square 🟩 large_red_square 🟥 large_blue_square 🟦
arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄
repeat 🔁 twisted_rightwards_arrows 🔀 rewind ⏪ fast_forward ⏩ arrow_forward ▶️ double_vertical_bar ⏸️ black_square_for_stop ⏹️ back 🔙 soon 🔜 new 🆕 ok 🆗 up 🆙 free 🆓
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 recycle ♻️ infinity ♾️
checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️ crossed_flags 🎌 de 🇩🇪 flag-de 🇩🇪 gb 🇬🇧 flag-gb 🇬🇧 us 🇺🇸 flag-us 🇺🇸 fr 🇫🇷 jp 🇯🇵 flag-eu 🇪🇺
`;

const words = NAMES.trim().split(/\s+/);
const TABLE = new Map(words.flatMap((name, n) => (n % 2 ? [] : [[name, words[n + 1]]])));

export const emoji = (name) => TABLE.get(name);

// "1f44b-1f3fd", as rich text gives it.
export const emojiOf = (unicode) => String.fromCodePoint(...unicode.split("-").map((part) => Number.parseInt(part, 16)));
