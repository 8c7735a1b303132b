"""a submission server that takes mail from whoever has a token of provider.py, and hands it to the MX. Standard library only."""
import base64, re, smtplib, socketserver, ssl, threading


class Submission(socketserver.BaseRequestHandler):
    """takes mail from whoever has a token, and hands it to the MX"""
    provider, mx, tls, mechanism, refused, closed, answers, names = None, 0, None, "XOAUTH2", 0, False, False, []

    @classmethod
    def listen(cls, provider, mx, certs):
        """its port"""
        cls.provider, cls.mx = provider, mx
        cls.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        cls.tls.load_cert_chain(certs + "/good.crt", certs + "/good.key")
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), cls)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def say(self, text):
        self.file.write(text.encode() + b"\r\n")
        self.file.flush()

    def handle(self):
        try:
            sock = self.tls.wrap_socket(self.request, server_side=True)
            self.file = sock.makefile("rwb")
            self.talk()
        except (OSError, ssl.SSLError, ValueError):
            pass

    def talk(self):
        self.say("220 submission")
        sender, to, user = None, [], None
        while True:
            line = self.file.readline().decode()
            if not line:
                return
            word = line.split()[0].upper() if line.split() else ""
            if word == "EHLO":
                self.say("250-submission\r\n250-SIZE 50000000\r\n250 AUTH " + self.mechanism)
            elif word == "AUTH":
                raw = base64.b64decode(line.split()[2]).decode()
                token = re.search(r"auth=Bearer (\S+?)\x01", raw)
                name = re.search(r"user=([^\x01]*)", raw) or re.search(r"a=([^,]*)", raw)
                Submission.names.append(line.split()[1])
                user = self.provider.valid(token[1]) if token else None
                if self.closed:
                    user = None
                    self.say("535 5.7.139 SmtpClientAuthentication is disabled for the mailbox")
                elif user and user == name[1]:
                    self.say("235 2.7.0 welcome")
                else:
                    Submission.refused += 1
                    self.say("334 " + base64.b64encode(b'{"status":"401"}').decode())
                    self.file.readline()
                    self.say("535 5.7.8 no such token")
            elif word == "MAIL":
                sender, to = re.search(r"<(.*?)>", line)[1], []
                self.say("250 ok" if user else "530 5.7.0 log in first")
            elif word == "RCPT":
                to.append(re.search(r"<(.*?)>", line)[1])
                self.say("250 ok")
            elif word == "DATA":
                self.say("354 go")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.file.readline()
                data = data[:-3].replace(b"\r\n..", b"\r\n.")
                with smtplib.SMTP("localhost", self.mx) as s:
                    if self.answers:  # somebody who is away gets it, and says so
                        subject, name = re.search(rb"Subject: (.*)\r\n", data)[1], re.search(rb"Message-ID: (.*)\r\n", data)[1]
                        s.sendmail("carol@example.com", [sender], b"From: Carol <carol@example.com>\r\nTo: " + sender.encode() + b"\r\nSubject: Re: " + subject
                                   + b"\r\nIn-Reply-To: " + name + b"\r\nAuto-Submitted: auto-replied\r\nX-Test-Auth: dmarc=pass header.from=example.com\r\n\r\nI am away.\r\n")
                    else:
                        s.sendmail(sender, to, data)
                self.say("250 taken")
            elif word == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
