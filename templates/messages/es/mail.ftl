# El correo que enviamos. Ningún mensaje sobre una cuenta pide que se siga un enlace.

help-phone = 1 (800) 555-0142

mail-link-code-subject = Su código para la cuenta de Meridian
mail-link-code = Alguien pidió ver y cambiar su cuenta de Meridian por internet. Si fue usted, escriba este código en la página que lo pide. Sirve durante 10 minutos, una sola vez.
mail-link-code-not-you = Si no fue usted, no haga nada: sin el código nadie entra. No le lea el código a nadie, ni siquiera a nosotros.

mail-email-code-subject = Su código de Meridian
mail-email-code = Alguien quiere iniciar sesión en Meridian con esta dirección de correo. Si fue usted, escriba este código en la página que lo pide. Sirve durante 10 minutos, una sola vez.
mail-email-code-not-you = Si no fue usted, no haga nada: sin el código no cambia nada.

mail-account-exists-subject = Usted ya tiene una cuenta de Meridian
mail-account-exists = Alguien intentó crear una cuenta de Meridian con esta dirección de correo. Usted ya tiene una: inicie sesión con ella, o restablezca la contraseña desde la página de inicio de sesión si la olvidó.
mail-account-exists-not-you = Si no fue usted, no haga nada: nada ha cambiado.

mail-access-code-subject = Su código para hablar con Meridian
mail-access-code = Alguien que dice ser usted está hablando con una persona de nuestro equipo sobre su cuenta. Si es usted, léale este código. Sirve durante 10 minutos, una sola vez.
mail-access-code-not-you = Si no está hablando con nosotros ahora, no haga nada: sin el código nadie ve su cuenta.
mail-access-code-from-us = Meridian Communications. Pedimos este código solo mientras usted trata con una persona de nuestro equipo, y nunca le pedimos la contraseña.

mail-linked-subject = Su cuenta de Meridian ya se puede usar por internet
mail-linked = Su cuenta de Meridian se vinculó con un inicio de sesión. Quien entre con él puede ver sus servicios y pedidos, y cambiarlos.

mail-password-subject = Se cambió su contraseña de Meridian
mail-password = La contraseña de su inicio de sesión de Meridian se acaba de cambiar. Se cerró la sesión en los demás dispositivos.

mail-email-subject = Su inicio de sesión de Meridian tiene otra dirección de correo
mail-email = Desde ahora su inicio de sesión de Meridian usa otra dirección de correo. Esta ya no sirve.

mail-factor-added-subject = Una aplicación de autenticación protege su inicio de sesión de Meridian
mail-factor-added = Desde ahora, al iniciar sesión en Meridian se pide también un código de su aplicación de autenticación.

mail-factor-removed-subject = Su inicio de sesión de Meridian ya no pide un segundo código
mail-factor-removed = Al iniciar sesión en Meridian ya no se pide un código de una aplicación de autenticación: se quitó la aplicación.

mail-was-you = Si fue usted, no tiene que hacer nada.
mail-not-you = Si no fue usted, llámenos ahora al { $phone }. Podemos bloquear el inicio de sesión mientras hablamos.
mail-from-us = Meridian Communications. Nunca le pediremos la contraseña ni un código por teléfono o por correo.

# De los pedidos

mail-order-received-subject = Tenemos su pedido { $reference } de Meridian
mail-order-needed-subject = Su pedido { $reference } de Meridian necesita su atención
mail-order-works-subject = Su servicio de Meridian funciona: pedido { $reference }
mail-order-subject = Sobre su pedido { $reference } de Meridian
mail-order-received = Gracias. Tenemos su pedido y pronto empezaremos a trabajar en él.
mail-order-rejected = No podemos realizar su pedido. { $why }
mail-order-started = Hemos empezado a trabajar en su pedido.
mail-order-day = { $what } estará listo el { $day }.
mail-order-day-moved = { $what } estará listo el { $day }, y no el { $before } como dijimos antes. { $why }
mail-order-jeopardy = { $what } puede estar listo más tarde de lo que dijimos. { $why }
mail-jeopardy-access = Nuestro técnico no pudo entrar. Llámenos para acordar otra hora, y procure que haya alguien allí.
mail-jeopardy-place = El lugar no está listo para el trabajo. Llámenos para saber qué falta.
mail-jeopardy-facilities = Todavía no tenemos allí una línea libre. Usted no tiene que hacer nada: estamos construyendo una.
mail-jeopardy-company = Otra empresa se ha retrasado. Usted no tiene que hacer nada: le estamos insistiendo.
mail-jeopardy-equipment = Un equipo se ha retrasado. Usted no tiene que hacer nada: le escribiremos cuando sepamos más.
mail-jeopardy-weather = El tiempo nos retiene. Usted no tiene que hacer nada: iremos en cuanto sea seguro.
mail-jeopardy-other = Usted no tiene que hacer nada. Le escribiremos cuando sepamos más.
mail-order-held = Su pedido está en espera. Usted no tiene que hacer nada: nos toca a nosotros resolverlo. { $why }
mail-order-question = No podemos seguir sin una respuesta de usted: { $question }
mail-order-charge = Antes de que { $what } pueda funcionar, hay que construir algo: { $why } Cuesta { $amount }, una sola vez. Díganos antes de que termine el { $day } si debemos construirlo: abra el pedido en nuestro sitio, o llámenos. No se construye ni se cobra nada antes de que usted diga que sí.
mail-order-amended = Usted cambió detalles de { $what }, y los pasamos a quienes trabajan en ello. Su pedido cuesta ahora { $amount } al mes. Si usted no cambió nada, llámenos.
mail-order-in-service = { $what } funciona.
mail-order-completed = Todo lo que pidió funciona.
mail-order-partial = Algunos de sus servicios funcionan. Los demás no se pudieron poner en servicio.
mail-order-failed = No pudimos poner en servicio su pedido. { $why }
mail-order-cancellation-asked = Usted pidió cancelar su pedido. Estamos viendo en qué punto está y cuánto cuesta cancelarlo, y mientras tanto no hacemos nada más en él.
mail-order-cancellation-granted = Aceptamos cancelar su pedido. El cargo por la cancelación es de { $charge }.
mail-order-cancelled = Su pedido está cancelado. El cargo por la cancelación es de { $charge }.
mail-order-about = Pedido { $reference }: { $services }, en { $place }.
mail-order-more = Para ver en qué punto está, inicie sesión en nuestro sitio como siempre y abra el pedido. También puede llamarnos al { $phone }.
mail-choose = Elija qué le escribimos, y en qué idioma
mail-stop = No recibir más mensajes como este
