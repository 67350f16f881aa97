//! What is said about the terminal itself, and before a store is open.

super::phrases! {
    pub(crate) NO_TERMINAL: "the screens need a terminal, and standard input or output is none; start vafa in a terminal, or see what `vafa --help` offers for scripts", "صفحه‌ها به پایانه نیاز دارند ولی ورودی یا خروجی پایانه نیست؛ وفا را در پایانه باز کنید، یا فرمان‌های مناسب برنامه‌نویسی را با `vafa --help` ببینید";
    pub(crate) CANNOT_USE: "this terminal cannot be used ({why}); start vafa from a shell in a terminal (through SSH with `ssh -t`), or see what `vafa --help` offers for scripts", "این پایانه به کار نمی‌آید ({why})؛ وفا را از پوسته‌ای در پایانه اجرا کنید (از راه SSH با `ssh -t`)، یا فرمان‌های مناسب برنامه‌نویسی را با `vafa --help` ببینید";
    pub(crate) DUMB: "the screens cannot be drawn on a terminal that says it is dumb (TERM=dumb); set TERM to what it is, or use the commands, see `vafa --help`", "صفحه‌ها روی پایانه‌ای که خود را ساده می‌خواند (TERM=dumb) کشیده نمی‌شوند؛ TERM را به نوع آن بگردانید یا فرمان‌ها را به کار ببرید، `vafa --help` را ببینید";
    pub(crate) BROKE_WHILE_OPENING: "The store could not be opened because of a mistake in vafa itself. Nothing was changed. Leave, run `vafa check`, and report what is printed.", "به سبب اشکالی در خود وفا، انبار داده باز نشد. چیزی تغییر نکرد. بیرون بروید، `vafa check` را اجرا کنید و آنچه چاپ می‌شود را گزارش دهید.";
    pub(crate) PRESS_ANY_KEY: "Press any key to leave.", "برای بیرون رفتن کلیدی بزنید.";
}
