/** What surrounds the content of each e-mail in HTML. */
export const LAYOUT = `<!doctype html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ subject }}</title></head>
<body style="margin:0;padding:24px;background:#f4f4f5;font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#18181b">
<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px">
{{ content | raw }}
</div>
</body>
</html>
`
