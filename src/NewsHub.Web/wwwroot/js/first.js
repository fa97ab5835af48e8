try{let d=document.documentElement.dataset,s=localStorage,t=s.getItem("theme"),x=s.getItem("text");if(t=="light"||t=="dark")d.theme=t;if(/^(s|l|xl)$/.test(x))d.text=x}catch{}
